import { digestOf } from '../digest.ts';
import { matches } from '../globs.ts';
import { covers } from '../paths.ts';
import type { StepContext, StepProblem } from './step.ts';

/**
 * The files below a deleted folder whose content goes with it: copied nowhere before, the same bytes in no file that
 * stays, not empty, and not named by a pattern of `losing`, which begins at the folder.
 */
export function lossProblems(context: StepContext, folder: string, losing: readonly string[]): StepProblem[] {
  const { draft, given } = context;
  const unnamed = [...given.keys()]
    .filter((path) => covers(folder, path) && !draft.files.has(draft.wentTo.get(path) ?? path))
    .filter((path) => !losing.some((pattern) => matches(pattern, path.slice(folder.length + 1))));
  if (unnamed.length === 0) return [];
  // The twin of a file that stays and is edited is not lost either.
  const staying = [...given.values()].filter(({ path }) => draft.files.has(draft.wentTo.get(path) ?? path));
  const kept = new Set([...draft.files.values(), ...staying].map((file) => digestOf(file.bytes)));
  const lost = unnamed
    .filter((path) => {
      const bytes = given.get(path)?.bytes ?? new Uint8Array();
      return bytes.length > 0 && !kept.has(digestOf(bytes));
    })
    .sort();
  if (lost.length === 0) return [];
  const names = lost.map((path) => `"${path.slice(folder.length + 1)}"`).join(', ');
  return [
    {
      kind: 'fault',
      message: `with "${folder}" ${lost.length === 1 ? 'goes a file that is' : `go ${lost.length} files that are`} nowhere else: ${names}`,
      hint: 'Move or copy it first, or name it in "losing" (patterns from the folder on, such as "docs/**").',
    },
  ];
}
