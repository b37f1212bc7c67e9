import type { Draft } from './draft.ts';
import { folded, foldersAbove } from './paths.ts';
import { knownPaths } from './references.ts';
import type { StepProblem } from './steps/step.ts';

/**
 * What is wrong with where the steps put files: below a file or link, where a folder is, or beside a name that differs in
 * case only. What was so before is not theirs.
 */
export function placementProblems(
  draft: Draft,
  given: ReadonlyMap<string, unknown>,
): (StepProblem & { readonly step: number })[] {
  const problems: (StepProblem & { readonly step: number })[] = [];
  const old = knownPaths(given);
  const folders = new Set([...draft.files.keys()].flatMap(foldersAbove));
  const spellings = new Map<string, string>();
  const clash = new Map<string, string>();
  for (const path of [...draft.files.keys()].sort())
    for (const known of [path, ...foldersAbove(path)]) {
      const first = spellings.get(folded(known));
      if (first === undefined) spellings.set(folded(known), known);
      else if (first !== known) {
        clash.set(known, first);
        clash.set(first, known);
      }
    }
  for (const [path, step] of draft.writtenBy) {
    if (!draft.files.has(path)) continue;
    const above = foldersAbove(path).find((folder) => draft.files.has(folder));
    if (above !== undefined) {
      const kind = draft.files.get(above)?.mode === '120000' ? 'the symbolic link' : 'the file';
      problems.push({ step, kind: 'fault', message: `"${path}" would lie below ${kind} "${above}"` });
    }
    if (folders.has(path))
      problems.push({ step, kind: 'fault', message: `"${path}" would be a file, and there is a folder of that name` });
    const twin = [path, ...foldersAbove(path)].find((known) => clash.has(known) && !old.has(known));
    if (twin === undefined) continue;
    const message = `"${twin}" and "${clash.get(twin)}" are the same to a file system that ignores case`;
    problems.push({ step, kind: 'fault', message });
  }
  return problems;
}
