import type { Tree } from '../model/tree.ts';
import { type Change, changesOf, decode, isBinary, pathOf } from './changes.ts';

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly entries: Map<string, string>;
}

const signs: Readonly<Record<Change['kind'], string>> = { added: '+', deleted: '-', edited: '~', moved: '>' };

/**
 * The change from one tree to another as a tree of its files, with counts: `+` added, `~` edited, `-` deleted,
 * `>` moved here. Folders without a change are left out. Text for a terminal, without colour.
 */
export function treeView(base: Tree, candidate: Tree): string {
  const changes = changesOf(base, candidate);
  if (changes.length === 0) return 'nothing changes\n';
  const root = emptyFolder();
  for (const change of changes) put(root, pathOf(change).split('/'), lineOf(change));
  return `${drawn(root, '')}\n${countsOf(changes)}\n`;
}

function lineOf(change: Change): string {
  const name = shown(pathOf(change).split('/').at(-1) ?? '');
  return `${signs[change.kind]} ${name}${noteOf(change)}`;
}

function noteOf(change: Change): string {
  if (change.kind === 'added') return change.after.mode === '100755' ? '  (executable)' : '';
  if (change.kind === 'deleted') return '';
  const notes = change.kind === 'moved' ? [`from ${shown(change.before.path)}`] : [];
  const lines = lineCounts(change.before.bytes, change.after.bytes);
  if (lines !== '') notes.push(lines);
  if (change.before.mode !== change.after.mode) notes.push(`mode ${change.before.mode} to ${change.after.mode}`);
  return notes.length === 0 ? '' : `  (${notes.join(', ')})`;
}

/** A name in which line ends and other control characters are seen, and move nothing on the screen. */
function shown(name: string): string {
  return /\p{Cc}/u.test(name) ? JSON.stringify(name) : name;
}

/** Lines that only one side has: a count for the eye; the patch has the order. */
function lineCounts(before: Uint8Array, after: Uint8Array): string {
  if (Buffer.compare(before, after) === 0) return '';
  if (isBinary(before) || isBinary(after)) return 'binary';
  const counts = new Map<string, number>();
  for (const line of decode(before).split('\n')) counts.set(line, (counts.get(line) ?? 0) - 1);
  for (const line of decode(after).split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
  const values = [...counts.values()];
  const more = values.filter((count) => count > 0).reduce((sum, count) => sum + count, 0);
  const fewer = values.filter((count) => count < 0).reduce((sum, count) => sum - count, 0);
  return `+${more} -${fewer}`;
}

function put(folder: Folder, parts: readonly string[], line: string): void {
  const [name = '', ...rest] = parts;
  if (rest.length === 0) {
    folder.entries.set(name, line);
    return;
  }
  const below = folder.folders.get(name) ?? emptyFolder();
  folder.folders.set(name, below);
  put(below, rest, line);
}

function drawn(folder: Folder, indent: string): string {
  const names = [...new Set([...folder.folders.keys(), ...folder.entries.keys()])].sort();
  return names
    .map((name) => {
      const entry = folder.entries.get(name);
      const below = folder.folders.get(name);
      const own = entry === undefined ? '' : `${indent}${entry}\n`;
      return below === undefined ? own : own + drawnFolder(name, below, indent);
    })
    .join('');
}

/** Folders that hold one folder and nothing else share its line. */
function drawnFolder(name: string, folder: Folder, indent: string): string {
  const [only] = folder.folders;
  if (only !== undefined && folder.folders.size === 1 && folder.entries.size === 0) {
    return drawnFolder(`${name}/${only[0]}`, only[1], indent);
  }
  return `${indent}${shown(name)}/\n${drawn(folder, `${indent}  `)}`;
}

function emptyFolder(): Folder {
  return { folders: new Map(), entries: new Map() };
}

function countsOf(changes: readonly Change[]): string {
  const kinds: readonly Change['kind'][] = ['added', 'edited', 'deleted', 'moved'];
  return kinds.map((kind) => `${changes.filter((change) => change.kind === kind).length} ${kind}`).join(', ');
}
