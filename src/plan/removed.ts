import type { LoadedPlan, RemovedPath } from '../model/plan.ts';
import type { TreeFile } from '../model/tree.ts';
import type { Draft } from './draft.ts';
import { cleanPath, covers, foldersAbove } from './paths.ts';
import { knownPaths } from './references.ts';

/** Every file that is gone, and every folder of which nothing is left, with where its content went. Sorted by path. */
export function removedPaths(given: ReadonlyMap<string, TreeFile>, draft: Draft, loaded: LoadedPlan): RemovedPath[] {
  const files = [...given.keys()].filter((path) => !draft.files.has(path));
  const left = knownPaths(draft.files);
  const folders = new Set(files.flatMap(foldersAbove).filter((folder) => !left.has(folder)));
  const paths = new Map<string, string | undefined>();
  for (const folder of folders) paths.set(folder, folderWentTo(loaded, folder, left));
  for (const path of files) paths.set(path, wentTo(draft, path));
  return inOrder(paths);
}

/** What the steps that were carried out before say they took away. */
export function removedBefore(draft: Draft, loaded: LoadedPlan, wasDone: (step: number) => boolean): RemovedPath[] {
  const left = knownPaths(draft.files);
  const paths = new Map<string, string | undefined>();
  for (const [index, step] of loaded.plan.steps.entries()) {
    if (!wasDone(index)) continue;
    if (step.step === 'delete') paths.set(cleanPath(step.path), undefined);
    if (step.step === 'move') paths.set(cleanPath(step.from), cleanPath(step.to));
  }
  return inOrder(new Map([...paths].filter(([path]) => !left.has(path))));
}

function wentTo(draft: Draft, path: string): string | undefined {
  const to = draft.wentTo.get(path);
  return to !== undefined && draft.files.has(to) ? to : undefined;
}

function folderWentTo(loaded: LoadedPlan, folder: string, left: ReadonlySet<string>): string | undefined {
  for (const step of loaded.plan.steps) {
    if (step.step !== 'move' && step.step !== 'copy') continue;
    const from = cleanPath(step.from);
    if (!covers(from, folder)) continue;
    const to = cleanPath(step.to) + folder.slice(from.length);
    if (left.has(to)) return to;
  }
  return undefined;
}

function inOrder(paths: ReadonlyMap<string, string | undefined>): RemovedPath[] {
  return [...paths]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, movedTo]) => (movedTo === undefined ? { path } : { path, movedTo }));
}
