import type { TreeFile } from '../model/tree.ts';
import { covers } from './paths.ts';
import { sameFile } from './text.ts';

/** The tree while a plan is carried out on it, with what became of what. */
export interface Draft {
  readonly files: Map<string, TreeFile>;
  /** Path → the step that wrote there last. */
  readonly writtenBy: Map<string, number>;
  /** A path of the given tree → where its content is now. Several steps in a row are followed. */
  readonly wentTo: Map<string, string>;
}

/** A draft that starts as the given files. */
export function draftOf(files: ReadonlyMap<string, TreeFile>): Draft {
  return { files: new Map(files), writtenBy: new Map(), wentTo: new Map() };
}

/** The paths of the files that a path means: itself, or everything below it. Sorted. */
export function pathsAt(draft: Draft, path: string): string[] {
  if (draft.files.has(path)) return [path];
  return [...draft.files.keys()].filter((known) => covers(path, known)).sort();
}

/** Puts a file. Gives whether that changed anything. */
export function put(draft: Draft, file: TreeFile, step: number): boolean {
  const before = draft.files.get(file.path);
  draft.writtenBy.set(file.path, step);
  if (before !== undefined && sameFile(before, file)) return false;
  draft.files.set(file.path, file);
  return true;
}

/** Notes that the content of one path is now at another too, or only there. */
export function follow(draft: Draft, from: string, to: string): void {
  for (const [origin, now] of draft.wentTo) if (now === from) draft.wentTo.set(origin, to);
  draft.wentTo.set(from, to);
}
