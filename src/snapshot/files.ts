import { dirname } from 'node:path/posix';
import type { SnapshotFile } from '../model/snapshot.ts';
import type { Stack } from '../model/stack.ts';
import { pathsUnder, type Tree } from '../model/tree.ts';

/** The folder of the archive that holds files of the repository, each at its own path. */
export const repositoryFolder = 'repository';

/**
 * The configuration of stacks: everything in a compose file's folder (where that is the repository's root, the file
 * alone), every file that it includes, and everything that is mounted from elsewhere in the repository; and `more` paths.
 */
export function configurationFiles(tree: Tree, stacks: readonly Stack[], more: Iterable<string> = []): SnapshotFile[] {
  const paths = new Set<string>();
  const take = (path: string): void => {
    if (tree.files.has(path)) paths.add(path);
    else if (path !== '.' && path !== '') for (const below of pathsUnder(tree, path)) paths.add(below);
  };
  for (const stack of stacks) {
    for (const file of [stack.composeFile, ...stack.sources.map((source) => source.file)]) {
      take(file);
      take(dirname(file));
    }
    for (const { repoPath } of stack.services.flatMap((service) => service.mounts)) {
      if (repoPath !== undefined) take(repoPath);
    }
  }
  for (const path of more) take(path);
  return [...paths].flatMap((path) => {
    const file = tree.files.get(path);
    return file === undefined ? [] : [{ path: `${repositoryFolder}/${path}`, mode: file.mode, bytes: file.bytes }];
  });
}
