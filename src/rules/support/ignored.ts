import { type Tree, textAt } from '../../model/tree.ts';
import { kept } from '../../query/kept.ts';
import { folderOf } from '../../read/paths.ts';

interface Pattern {
  readonly matches: RegExp;
  readonly negated: boolean;
  readonly foldersOnly: boolean;
}

/**
 * Whether git ignores a path that is not in the tree: the server may well have what the repository must not hold
 * (https://git-scm.com/docs/gitignore). `folder` says whether the path itself is taken for a folder.
 */
export function isIgnored(tree: Tree, path: string, folder = false): boolean {
  const parts = path.split('/');
  return parts.some((_, index) => {
    const here = parts.slice(0, index + 1).join('/');
    return ignores(tree, here, index < parts.length - 1 || folder);
  });
}

function ignores(tree: Tree, path: string, folder: boolean): boolean {
  let ignored = false;
  for (const base of foldersAbove(path)) {
    const text = textAt(tree, base === '' ? '.gitignore' : `${base}/.gitignore`);
    const inside = base === '' ? path : path.slice(base.length + 1);
    for (const pattern of text === undefined ? [] : patternsIn(text)) {
      if ((folder || !pattern.foldersOnly) && pattern.matches.test(inside)) ignored = !pattern.negated;
    }
  }
  return ignored;
}

const patternsIn = kept(patternsOf);

function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) folders.unshift(folder);
  return ['', ...folders];
}

function patternsOf(text: string): Pattern[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const written = line.replace(/(?<!\\)\s+$/, '');
    if (written === '' || written.startsWith('#')) return [];
    const negated = written.startsWith('!');
    const body = (negated ? written.slice(1) : written).replace(/^\\(?=[!#])/, '');
    const clean = body.replace(/\/+$/, '');
    const anchored = clean.includes('/');
    const source = regexSource(clean.replace(/^\//, ''));
    try {
      const matches = new RegExp(`^${anchored ? '' : '(?:.*/)?'}${source}$`);
      return [{ matches, negated, foldersOnly: body.endsWith('/') }];
    } catch {
      return [];
    }
  });
}

function regexSource(pattern: string): string {
  return pattern.replace(
    /\*\*\/|\/\*\*$|\*|\?|\[[!^]?[^\]]+\]|\\.|[.+^${}()|\\/[\]]/g,
    (token) =>
      ({ '**/': '(?:.*/)?', '/**': '/.*', '*': '[^/]*', '?': '[^/]' })[token] ??
      (token.startsWith('[') && token.length > 1 ? token.replace(/^\[!/, '[^') : `\\${token.slice(-1)}`),
  );
}
