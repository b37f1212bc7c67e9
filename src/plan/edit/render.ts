import { type Quote, scalarText } from './scalar.ts';

/** The habits of a document, so that what is added looks like what is there. */
export interface Style {
  /** Spaces a nested mapping is indented by. */
  readonly step: number;
  /** Spaces a sequence is indented by below its key; 0 in documents that write `key:` and `- item` in one column. */
  readonly sequence: number;
  readonly quote: 'single' | 'double';
  /** Strings are quoted also where they need not be. */
  readonly quoteAll: boolean;
  /** Short lists of scalars are written in brackets. */
  readonly flowLists: boolean;
  readonly lineEnd: string;
}

/** A value as block YAML, line by line, without outer indentation. */
function blockLines(value: unknown, style: Style): string[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((item) => itemLines(item, style));
  if (isMapping(value)) return Object.entries(value).flatMap(([key, inner]) => pairLines(key, inner, style));
  return [inlineText(value, style)];
}

/** `key: value` as block YAML, line by line. */
export function pairLines(key: string, value: unknown, style: Style): string[] {
  const name = scalarText(key, 'plain', style.quote, false);
  if (value === null) return [`${name}:`];
  return [`${name}:${valueLines(value, style)[0] ?? ''}`, ...valueLines(value, style).slice(1)];
}

/** What follows a key's colon: the rest of its line, and the lines below it, indented against the key. */
export function valueLines(value: unknown, style: Style): string[] {
  if (isLong(value)) return literalLines(value, style.step).map((line, index) => (index === 0 ? ` ${line}` : line));
  const nested = Array.isArray(value) ? style.sequence : style.step;
  if (isBlock(value, style)) return ['', ...blockLines(value, style).map((line) => indented(line, nested))];
  return [` ${inlineText(value, style)}`];
}

/** `- item` as block YAML, line by line. */
export function itemLines(item: unknown, style: Style): string[] {
  if (isLong(item)) return literalLines(item, 2).map((line, index) => (index === 0 ? `- ${line}` : line));
  const lines = isBlock(item, style) ? blockLines(item, style) : [inlineText(item, style)];
  return lines.map((line, index) => (index === 0 ? `- ${line}` : indented(line, 2)));
}

/** A value as flow YAML on one line. */
export function flowText(value: unknown, style: Style): string {
  if (Array.isArray(value)) return `[${value.map((item) => flowText(item, style)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return scalarText(value, preferred(style), style.quote, true);
  const pairs = Object.entries(value).map(
    ([key, inner]) => `${scalarText(key, 'plain', style.quote, true)}: ${flowText(inner, style)}`,
  );
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

function isBlock(value: unknown, style: Style): boolean {
  if (!Array.isArray(value)) return isMapping(value);
  const short = value.every((item) => typeof item !== 'object') && flowText(value, style).length <= 80;
  return value.length > 0 && !(style.flowLists && short);
}

/** Whether a string is written as a literal block. */
export function isLong(value: unknown): value is string {
  return typeof value === 'string' && /\n./s.test(value) && !/[^\t\n\x20-\x7e\xa0-\ufffd]|[ \t]\n|^\s*$/.test(value);
}

function literalLines(text: string, indent: number): string[] {
  const body = text.replace(/\n+$/, '');
  const ends = text.length - body.length;
  const chomp = ends === 0 ? '-' : ends === 1 ? '' : '+';
  const lines = text.replace(/\n$/, '').split('\n');
  return [`|${/^\s/.test(text) ? indent : ''}${chomp}`, ...lines.map((line) => indented(line, indent))];
}

/** A value on one line: a scalar, or a collection in braces or brackets. */
export function inlineText(value: unknown, style: Style): string {
  return typeof value === 'object' && value !== null
    ? flowText(value, style)
    : scalarText(value, preferred(style), style.quote, false);
}

function preferred(style: Style): Quote {
  return style.quoteAll ? style.quote : 'plain';
}

function indented(line: string, by: number): string {
  return line === '' ? '' : ' '.repeat(by) + line;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}
