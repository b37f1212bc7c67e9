import { type Tree, textAt } from '../../model/tree.ts';
import { folderOf } from '../../read/paths.ts';

interface Pattern {
  readonly matches: RegExp;
  readonly negated: boolean;
  readonly foldersOnly: boolean;
}

/** The .gitignore files of a tree from the top down, and what is known of its folders. */
interface Ignores {
  readonly files: readonly { readonly below: string; readonly patterns: readonly Pattern[] }[];
  readonly folders: Map<string, boolean>;
}

const known = new WeakMap<Tree, Ignores>();

/**
 * Whether git ignores a path that is not in the tree: the server may well have what the repository must not hold
 * (https://git-scm.com/docs/gitignore). `folder` says whether the path itself is taken for a folder.
 */
export function isIgnored(tree: Tree, path: string, folder = false): boolean {
  const ignores = known.get(tree) ?? ignoresOf(tree);
  known.set(tree, ignores);
  return isFolderIgnored(ignores, folderOf(path)) || matches(ignores, path, folder);
}

function ignoresOf(tree: Tree): Ignores {
  const found = [...tree.files.keys()].filter((path) => path === '.gitignore' || path.endsWith('/.gitignore'));
  const files = found
    .map((path) => ({ below: path.slice(0, -'.gitignore'.length), patterns: patternsOf(textAt(tree, path) ?? '') }))
    .sort((a, b) => a.below.length - b.below.length);
  return { files, folders: new Map([['', false]]) };
}

/** What lies in an ignored folder is ignored with it. */
function isFolderIgnored(ignores: Ignores, folder: string): boolean {
  const before = ignores.folders.get(folder);
  if (before !== undefined) return before;
  const ignored = isFolderIgnored(ignores, folderOf(folder)) || matches(ignores, folder, true);
  ignores.folders.set(folder, ignored);
  return ignored;
}

function matches({ files }: Ignores, path: string, folder: boolean): boolean {
  let ignored = false;
  for (const { below, patterns } of files) {
    if (!path.startsWith(below)) continue;
    const inside = path.slice(below.length);
    for (const pattern of patterns)
      if ((folder || !pattern.foldersOnly) && pattern.matches.test(inside)) ignored = !pattern.negated;
  }
  return ignored;
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
