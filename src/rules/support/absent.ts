import { repoPathOf, type Service } from '../../model/stack.ts';
import { kindAt, type Tree } from '../../model/tree.ts';
import { mountOf } from './data-path.ts';
import { isIgnored } from './ignored.ts';

/**
 * Why a file is certainly not in a container, in words; undefined where it is there, or where the files do not tell: it
 * comes from outside the repository, git ignores it, or its own mount is wrong, which is a rule of the compose room.
 */
export function absence(tree: Tree, service: Service, path: string): string | undefined {
  const mount = mountOf(service, path);
  if (mount === undefined) return 'nobody mounts it';
  const repoPath = repoPathOf(service, path);
  if (repoPath === undefined || mount.target === path || isIgnored(tree, repoPath)) return undefined;
  if (kindAt(tree, mount.repoPath ?? '') !== 'folder' || kindAt(tree, repoPath) !== 'absent') return undefined;
  return `"${repoPath}" does not exist`;
}
