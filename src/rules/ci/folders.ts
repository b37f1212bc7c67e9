import { insideRepository } from '../../read/paths.ts';
import type { Command } from '../support/shell.ts';

/** The folder of the repository a script is in (`''` is the root); undefined where the files do not tell. */
export type Folder = string | undefined;

/** The folder after a command: `cd` moves, and one in brackets or to elsewhere leaves it unknown. */
export function folderAfter(folder: Folder, { word, text, after }: Command): Folder {
  if (word !== 'cd' && word !== 'pushd' && word !== 'popd')
    return word === 'git' && / clone /.test(text) ? undefined : folder;
  const target = text
    .slice(word.length)
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2');
  if (word === 'popd' || after === '(' || after === '{') return undefined;
  if (/^\$\{?CI_PROJECT_DIR\}?\/?$/.test(target)) return '';
  const inside = target.replace(/^\$\{?CI_PROJECT_DIR\}?\//, '');
  return pathFrom(inside === target ? folder : '', inside) ?? undefined;
}

/** A path as a script in a folder means it; undefined where it leads out of the repository, or a variable is in it. */
export function pathFrom(folder: Folder, path: string): string | undefined {
  if (folder === undefined || path === '' || /[$`*?[{~]/.test(path)) return undefined;
  const inside = insideRepository(folder, path);
  return inside === '.' ? '' : inside;
}
