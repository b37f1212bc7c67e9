import { constants } from 'node:fs';
import { gitPath } from './home.ts';
import { codeOf, type Outside } from './outside.ts';

/** The file of a hook where git would look for it (`core.hooksPath` too); undefined where git would run none. */
export function findHook(repo: string, name: string, { git, files }: Outside): string | undefined {
  const file = gitPath(repo, `hooks/${name}`, git);
  try {
    files.accessSync(file, constants.X_OK);
    return file;
  } catch (problem) {
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes(codeOf(problem) ?? '')) return undefined;
    throw problem;
  }
}

/** Tells the hooks of a commit that it is there, as git does: what they answer changes nothing. */
export function tellPostCommit(workTree: string, outside: Outside): void {
  const file = findHook(workTree, 'post-commit', outside);
  if (file !== undefined) outside.hook({ file, args: [], folder: workTree, environment: {} });
}

/** That a hook refused, with its last words. */
export function hookText(name: string, output: string): string {
  const words = output === '' ? 'it said nothing' : output.split('\n').slice(-20).join('\n    ');
  return `the hook "${name}" refused the commit (--no-verify leaves hooks out):\n    ${words}`;
}
