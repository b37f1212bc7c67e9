import type { Pointer } from '../model/location.ts';
import type { Found, Problem, Source, Span } from './source.ts';
import { wholeFile } from './source.ts';

interface IniEntry {
  readonly key: Span;
  readonly value: Span;
  readonly text: string;
}

/**
 * Parses an ini file as Grafana's reader does (https://pkg.go.dev/gopkg.in/ini.v1): `#` and `;` start a comment
 * anywhere in a value that is not in triple quotes, and surrounding quotes are taken off.
 * The value is section → key → text; keys before the first section belong to `''`. Pointers are `[section, key]`.
 */
export function parseIni(text: string): Source {
  const sections = new Map<string, { header: Span; entries: Map<string, IniEntry> }>();
  const problems: Problem[] = [];
  let section = { header: [0, 0] as Span, entries: new Map<string, IniEntry>() };
  sections.set('', section);
  let start = 0;
  for (const line of text.split('\n')) {
    const content = line.trim();
    const lead = start + line.length - line.trimStart().length;
    const split = /[=:]/.exec(content)?.index;
    if (content.startsWith('[') && content.includes(']')) {
      const close = content.indexOf(']');
      const name = content.slice(1, close).trim();
      section = sections.get(name) ?? { header: [lead, lead + close + 1], entries: new Map() };
      sections.set(name, section);
    } else if (content !== '' && !/^[#;]/.test(content)) {
      if (split === undefined)
        problems.push({
          kind: 'syntax',
          message: 'key-value delimiter not found',
          span: [lead, lead + content.length],
        });
      else section.entries.set(content.slice(0, split).trim(), entryOf(content, lead, split));
    }
    start += line.length + 1;
  }
  const value = Object.fromEntries(
    [...sections].map(([name, { entries }]) => [
      name,
      Object.fromEntries([...entries].map(([key, entry]) => [key, entry.text])),
    ]),
  );
  const find = (pointer: Pointer): Found => {
    const [name, key] = pointer.length === 1 && !sections.has(String(pointer[0])) ? ['', pointer[0]] : pointer;
    const found = sections.get(String(name ?? ''));
    if (found === undefined) return wholeFile;
    const entry = key === undefined ? undefined : found.entries.get(String(key));
    if (entry === undefined) return { depth: 1, value: found.header, offset: (inside) => found.header[0] + inside };
    return { depth: 2, key: entry.key, value: entry.value, offset: (inside) => entry.value[0] + inside };
  };
  return { text, value, problems, find };
}

function entryOf(content: string, lead: number, split: number): IniEntry {
  const key: Span = [lead, lead + content.slice(0, split).trimEnd().length];
  const rest = content.slice(split + 1);
  const from = lead + split + 1 + rest.length - rest.trimStart().length;
  const raw = rest.trim();
  const quoted = /^"""(.*)"""/.exec(raw) ?? /^`(.*)`/.exec(raw);
  if (quoted !== null) {
    const open = quoted[0].startsWith('`') ? 1 : 3;
    const inner = quoted[1] ?? '';
    return { key, value: [from + open, from + open + inner.length], text: inner };
  }
  const bare = (/^[^#;]*/.exec(raw)?.[0] ?? '').trimEnd();
  const stripped = /^(["'])(.*)\1$/.exec(bare);
  if (stripped === null || bare.length < 2) return { key, value: [from, from + bare.length], text: bare };
  const inner = stripped[2] ?? '';
  return { key, value: [from + 1, from + 1 + inner.length], text: inner };
}
