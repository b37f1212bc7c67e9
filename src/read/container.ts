import type { Service } from '../model/stack.ts';
import { repoPathOf } from '../model/stack.ts';
import type { Tree } from '../model/tree.ts';
import { pathsUnder } from '../model/tree.ts';
import { containerPath, globMatches, isGlob } from './paths.ts';

/** A file of the repository as a container sees it. */
export interface ContainerFile {
  readonly path: string;
  readonly repoPath: string;
}

/** The repository's file behind a path inside the container, if it is there. */
export function containerFile(tree: Tree, service: Service, path: string): string | undefined {
  const repoPath = repoPathOf(service, containerPath('/', path));
  return repoPath !== undefined && tree.files.has(repoPath) ? repoPath : undefined;
}

/** Every file of the repository that the container sees below a folder, sorted by its path there. */
export function containerFiles(tree: Tree, service: Service, folder: string): ContainerFile[] {
  const prefix = folder === '/' ? '/' : `${folder}/`;
  const seen = new Map<string, string>();
  for (const mount of service.mounts) {
    if (mount.repoPath === undefined) continue;
    const within = `${mount.target}/`.startsWith(prefix) || prefix.startsWith(`${mount.target.replace(/\/$/, '')}/`);
    if (!within) continue;
    const below = mount.repoPath === '.' ? '' : mount.repoPath;
    const found = tree.files.has(below) ? [below] : pathsUnder(tree, below);
    for (const repoPath of found) {
      const rest = below === '' ? `/${repoPath}` : repoPath.slice(below.length);
      const path = containerPath('/', `${mount.target}${rest}`);
      // A deeper mount hides what the folder holds at its place.
      if (path.startsWith(prefix) && repoPathOf(service, path) === repoPath) seen.set(path, repoPath);
    }
  }
  return [...seen].map(([path, repoPath]) => ({ path, repoPath })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The repository's files a path or glob inside the container means. */
export function containerMatches(tree: Tree, service: Service, pattern: string): string[] {
  if (!isGlob(pattern)) {
    const file = containerFile(tree, service, pattern);
    return file === undefined ? [] : [file];
  }
  const folder = containerPath('/', pattern.replace(/\/[^/]*[*?[].*$/, '') || '/');
  return containerFiles(tree, service, folder)
    .filter((file) => globMatches(pattern, file.path))
    .map((file) => file.repoPath);
}
