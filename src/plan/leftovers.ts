import type { Preview, RemovedPath } from '../model/plan.ts';
import type { TreeFile } from '../model/tree.ts';
import { foldersAbove } from './paths.ts';
import { beginsWord, endsWord, knownPaths, mentions } from './references.ts';
import { textOf } from './text.ts';

type Leftover = Preview['leftovers'][number];

interface Search {
  readonly text: string;
  readonly folder: boolean;
  readonly whole: boolean;
}

/**
 * Lines that still mention what was taken away: by its whole path, by a folder's last name with a slash
 * (`auto-scaling/`), or by a file name that nothing in the candidate has any more.
 */
export function leftoversOf(files: ReadonlyMap<string, TreeFile>, removed: readonly RemovedPath[]): Leftover[] {
  if (removed.length === 0) return [];
  const known = knownPaths(files);
  const searches = searchesOf(removed, known);
  const found: Leftover[] = [];
  for (const [path, file] of files) {
    if (file.mode === '120000') {
      const target = Buffer.from(file.bytes).toString('utf8');
      if (searches.some((search) => target.includes(search.text))) found.push({ file: path, line: 1, text: target });
      continue;
    }
    const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.length);
    const near = searches.filter((search) => bytes.includes(search.text));
    const text = near.length === 0 ? undefined : textOf(file)?.text;
    if (text === undefined) continue;
    for (const [index, line] of text.split('\n').entries())
      if (near.some((search) => isIn(line, search, known)))
        found.push({ file: path, line: index + 1, text: line.trim().slice(0, 200) });
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}

function isIn(line: string, search: Search, known: ReadonlySet<string>): boolean {
  if (search.whole) return mentions(line, search.text, (path) => known.has(path)).length > 0;
  for (let at = line.indexOf(search.text); at !== -1; at = line.indexOf(search.text, at + 1)) {
    if (!beginsWord(line, at) || !(search.folder || endsWord(line, at + search.text.length))) continue;
    const before = /[A-Za-z0-9_.@+/-]*$/.exec(line.slice(0, at))?.[0] ?? '';
    if (!known.has(`${before}${search.text}`.replace(/^(\.{0,2}\/)+|\/$/g, ''))) return true;
  }
  return false;
}

function searchesOf(removed: readonly RemovedPath[], known: ReadonlySet<string>): Search[] {
  const gone = new Set(removed.map((one) => one.path));
  const names = new Set([...known].map((path) => path.slice(path.lastIndexOf('/') + 1)));
  const tops = removed.filter((one) => !foldersAbove(one.path).some((folder) => gone.has(folder)));
  return tops.flatMap(({ path }): Search[] => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const whole: Search = { text: path, folder: false, whole: true };
    if (names.has(name)) return [whole];
    const isFolder = [...gone].some((one) => one.startsWith(`${path}/`));
    if (isFolder) return [whole, { text: `${name}/`, folder: true, whole: false }];
    return name.includes('.') ? [whole, { text: name, folder: false, whole: false }] : [whole];
  });
}
