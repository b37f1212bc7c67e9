import { structuredPatch } from 'diff';
import type { Tree, TreeFile } from '../model/tree.ts';
import { type Change, changesOf, decode, isBinary } from './changes.ts';
import { blobId, literal } from './git-binary.ts';

const noBlob = '0'.repeat(40);

/**
 * The change from one tree to another as a patch that `git apply` takes: modes, new, deleted and moved files, symbolic
 * links, files without a closing line end, and binary files. Empty where the trees are the same.
 */
export function patchOf(base: Tree, candidate: Tree): string {
  return changesOf(base, candidate).map(patchOfChange).join('');
}

function patchOfChange(change: Change): string {
  if (change.kind === 'added') return filePatch(undefined, change.after, []);
  if (change.kind === 'deleted') return filePatch(change.before, undefined, []);
  const { before, after } = change;
  // A file that becomes a link, or the other way round, is two changes to git.
  if (typeOf(before) !== typeOf(after)) return filePatch(before, undefined, []) + filePatch(undefined, after, []);
  if (change.kind === 'edited') return filePatch(before, after, []);
  return filePatch(before, after, [
    `similarity index ${change.similarity}%`,
    `rename from ${quoted(before.path)}`,
    `rename to ${quoted(after.path)}`,
  ]);
}

function filePatch(before: TreeFile | undefined, after: TreeFile | undefined, moved: readonly string[]): string {
  const file = after ?? before;
  if (file === undefined) return '';
  const oldBytes = before?.bytes ?? new Uint8Array();
  const newBytes = after?.bytes ?? new Uint8Array();
  const oldId = before === undefined ? noBlob : blobId(oldBytes);
  const newId = after === undefined ? noBlob : blobId(newBytes);
  const lines = [`diff --git ${quoted(`a/${(before ?? file).path}`)} ${quoted(`b/${(after ?? file).path}`)}`];
  if (before === undefined) lines.push(`new file mode ${file.mode}`);
  else if (after === undefined) lines.push(`deleted file mode ${file.mode}`);
  else if (before.mode !== after.mode) lines.push(`old mode ${before.mode}`, `new mode ${after.mode}`);
  lines.push(...moved);
  if (oldId === newId) return `${lines.join('\n')}\n`;
  const mode = before !== undefined && before.mode === after?.mode ? ` ${file.mode}` : '';
  lines.push(`index ${oldId}..${newId}${mode}`);
  if (isBinary(oldBytes) || isBinary(newBytes)) {
    return `${lines.join('\n')}\nGIT binary patch\n${literal(newBytes)}${literal(oldBytes)}`;
  }
  const hunks = hunksOf(decode(oldBytes), decode(newBytes));
  // An empty file that comes or goes has a header and nothing else.
  if (hunks === '') return `${lines.join('\n')}\n`;
  lines.push(`--- ${headerName('a', before)}`, `+++ ${headerName('b', after)}`);
  return `${lines.join('\n')}\n${hunks}`;
}

function hunksOf(before: string, after: string): string {
  const { hunks } = structuredPatch('a', 'b', before, after, undefined, undefined, { context: 3 });
  return hunks
    .map((hunk) => {
      const head = `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`;
      return `${[head, ...hunk.lines].join('\n')}\n`;
    })
    .join('');
}

function range(start: number, lines: number): string {
  // A side without lines names the line before it.
  return lines === 0 ? `${Math.max(0, start - 1)},0` : lines === 1 ? `${start}` : `${start},${lines}`;
}

function headerName(side: 'a' | 'b', file: TreeFile | undefined): string {
  if (file === undefined) return '/dev/null';
  const name = quoted(`${side}/${file.path}`);
  // git ends a name that holds a blank with a tab, so that it is not cut there.
  return name.includes(' ') && !name.startsWith('"') ? `${name}\t` : name;
}

/** A path as git writes it: in quotes where it holds a quote, a backslash or a control character. */
function quoted(path: string): string {
  if (!/["\\\u0000-\u001f\u007f]/.test(path)) return path;
  const inside = path.replace(/["\\\u0000-\u001f\u007f]/g, (sign) => {
    if (sign === '"' || sign === '\\') return `\\${sign}`;
    return `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `"${inside}"`;
}

function typeOf(file: TreeFile): 'link' | 'file' {
  return file.mode === '120000' ? 'link' : 'file';
}
