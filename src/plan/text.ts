import type { TreeFile } from '../model/tree.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const mark = '\uFEFF';

/** A file's text apart from its byte order mark, so that both can be put together again. */
export interface FileText {
  readonly mark: string;
  readonly text: string;
}

/** A file's text; undefined for symbolic links and for what is not UTF-8 text. */
export function textOf(file: TreeFile): FileText | undefined {
  if (file.mode === '120000' || file.bytes.subarray(0, 8000).includes(0)) return undefined;
  try {
    const text = utf8.decode(file.bytes);
    return text.startsWith(mark) ? { mark, text: text.slice(1) } : { mark: '', text };
  } catch {
    return undefined;
  }
}

/** The file with another text: path, mode and byte order mark stay. */
export function withText(file: TreeFile, { mark: before }: FileText, text: string): TreeFile {
  return { path: file.path, mode: file.mode, bytes: encoder.encode(`${before}${text}`) };
}

/** The line end a text uses: that of its first line. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

/** `line:column`, both from 1. */
export function lineColumn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  return `${before.split('\n').length}:${offset - before.lastIndexOf('\n')}`;
}

/** Same mode and same bytes. The bytes are compared last, as a reader may load them on demand. */
export function sameFile(a: TreeFile, b: TreeFile): boolean {
  return a.mode === b.mode && (a.bytes === b.bytes || Buffer.compare(a.bytes, b.bytes) === 0);
}

/** The file at another path. Its bytes are still read on demand. */
export function atPath(file: TreeFile, path: string): TreeFile {
  if (file.path === path) return file;
  return {
    path,
    mode: file.mode,
    get bytes() {
      return file.bytes;
    },
  };
}
