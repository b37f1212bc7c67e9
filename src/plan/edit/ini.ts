import type { Pointer } from '../../model/location.ts';
import type { Edit } from '../../model/plan.ts';
import { lineEndOf } from '../text.ts';
import type { Language } from './edit.ts';
import type { Splice, SpliceProblem } from './splice.ts';

interface Entry {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** The value's characters, quotes included. */
  readonly span: readonly [start: number, end: number];
  readonly line: readonly [start: number, end: number];
  readonly before: string;
  readonly between: string;
}

interface Ini {
  readonly entries: readonly Entry[];
  /** Section → the offset behind its last line that is not blank. */
  readonly ends: ReadonlyMap<string, number>;
  /** `section\0key` → the offset behind the commented-out line that shows the key. */
  readonly shown: ReadonlyMap<string, number>;
}

const section = /^\s*\[([^\]]*)\]/;
// An inline comment begins with ` ;` or ` #`, as Grafana's reader has it (https://ini.unknwon.io/docs/howto/work_with_comments).
const pair = /^(\s*)([^\s=:;#[][^=:]*?)(\s*[=:][ \t]*)(""".*?"""|"[^"]*"|`[^`]*`|.*?)(\s+[;#].*|\s*)$/;
const commented = /^\s*[;#]\s*([^\s=:]+)\s*[=:]/;

/** INI files as Grafana reads them, comments and layout kept. Keys before the first section have the section ''. */
export const iniLanguage: Language = {
  grows: true,
  read(text) {
    const ini = readIni(text);
    const sections = new Map([...ini.ends.keys()].map((name) => [name, new Map<string, string>()]));
    // Of a key that stands twice the last one counts, as Grafana reads it.
    for (const entry of ini.entries) sections.get(entry.section)?.set(entry.key, entry.value);
    const value = Object.fromEntries([...sections].map(([name, keys]) => [name, Object.fromEntries(keys)]));
    return { value, splice: (edit) => spliceIni(text, ini, edit), locate: (pointer) => entryAt(ini, pointer)?.line[0] };
  },
  normal(edit) {
    const pointer = edit.pointer.length === 1 ? ['', ...edit.pointer] : edit.pointer;
    if (edit.op === 'remove') return { ...edit, pointer, ...wanted(edit) };
    return { ...edit, pointer, value: String(edit.value), ...wanted(edit) };
  },
};

function spliceIni(text: string, ini: Ini, edit: Edit): Splice | SpliceProblem {
  const [name, key] = [String(edit.pointer[0]), String(edit.pointer[1])];
  const [entry, second] = ini.entries.filter((one) => one.section === name && one.key === key);
  if (second !== undefined) return { problem: `"${key}" stands twice in section "${name}"`, at: second.line[0] };
  if (edit.op === 'remove')
    return entry === undefined ? lost(key) : { start: entry.line[0], end: entry.line[1], text: '' };
  const value = String(edit.value);
  if (/[\r\n]/.test(value)) return { problem: `the value of "${key}" has several lines` };
  if (edit.op === 'set')
    return entry === undefined
      ? lost(key)
      : { start: entry.span[0], end: entry.span[1], text: written(value, text.slice(entry.span[0], entry.line[1])) };
  return addLine(text, ini, name, key, value);
}

function entryAt(ini: Ini, [name, key]: Pointer): Entry | undefined {
  return ini.entries.findLast((entry) => entry.section === name && entry.key === key);
}

function addLine(text: string, ini: Ini, name: string, key: string, value: string): Splice | SpliceProblem {
  const lineEnd = lineEndOf(text);
  const neighbour = ini.entries.findLast((entry) => entry.section === name) ?? ini.entries.at(-1);
  const line = `${neighbour?.before ?? ''}${key}${neighbour?.between ?? ' = '}${written(value, '')}`;
  const at = ini.shown.get(`${name}\0${key}`) ?? ini.ends.get(name);
  if (at === undefined) {
    const gap = text === '' || text.endsWith('\n') ? '' : lineEnd;
    return {
      start: text.length,
      end: text.length,
      text: `${gap}${text === '' ? '' : lineEnd}[${name}]${lineEnd}${line}${lineEnd}`,
    };
  }
  const opens = at === 0 || text[at - 1] === '\n';
  return { start: at, end: at, text: opens ? `${line}${lineEnd}` : `${lineEnd}${line}` };
}

function readIni(text: string): Ini {
  const entries: Entry[] = [];
  const ends = new Map<string, number>([['', 0]]);
  const shown = new Map<string, number>();
  let name = '';
  let start = 0;
  while (start < text.length) {
    const stop = text.indexOf('\n', start) === -1 ? text.length : text.indexOf('\n', start) + 1;
    const content = text.slice(start, stop).replace(/\r?\n$/, '');
    const heading = section.exec(content);
    const found = pair.exec(content);
    const example = commented.exec(content);
    if (heading !== null) name = (heading[1] ?? '').trim();
    else if (example !== null) shown.set(`${name}\0${example[1] ?? ''}`, stop);
    else if (found !== null) {
      const [, before = '', key = '', between = '', raw = ''] = found;
      const from = start + before.length + key.length + between.length;
      const value = raw.replace(/^("""|"|`)(.*)\1$/, '$2');
      entries.push({
        section: name,
        key,
        value,
        span: [from, from + raw.length],
        line: [start, stop],
        before,
        between,
      });
    }
    if (heading !== null || found !== null) ends.set(name, stop);
    start = stop;
  }
  return { entries, ends, shown };
}

/** The value as it is written where `before` stood, the rest of its line included. */
function written(value: string, before: string): string {
  const quote = before[0];
  if (value === '' && before.trim() !== '') return '""';
  if (quote === '"' || quote === '`') return `${quote}${value}${quote}`;
  return /\s[;#]|^\s|\s$|^["`]/.test(value) ? `"${value}"` : value;
}

function wanted(edit: Edit): { expect?: unknown } {
  return 'expect' in edit ? { expect: String(edit.expect) } : {};
}

function lost(key: string): SpliceProblem {
  return { problem: `there is no "${key}"` };
}
