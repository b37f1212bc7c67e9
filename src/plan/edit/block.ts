import { type CST, isCollection, isMap, isScalar, isSeq } from 'yaml';
import { colonEnd, contentEnd, dashOf, type Found, isEmpty, sourceItems, startOf } from './nodes.ts';
import { inlineText, isLong, itemLines, pairLines, type Style, valueLines } from './render.ts';
import { type Quote, scalarText } from './scalar.ts';
import { indentAt, lineStart, lineStop, nextLine, opensLine, type Splice, type SpliceProblem } from './splice.ts';

/** Replaces the value of a block mapping's pair or a block sequence's item. */
export function blockSet(text: string, found: Found, value: unknown, style: Style): Splice | SpliceProblem {
  const slot = slotOf(text, found);
  if ('problem' in slot) return slot;
  const { node } = found;
  const end = isEmpty(node) || node === null ? slot.behind : contentEnd(node, text);
  const plain = (typeof value !== 'object' || value === null) && !isLong(value);
  // A tag says what kind of value the old one was: it goes with it.
  const tagged = node !== null && 'tag' in node && node.tag !== undefined;
  if (plain && !tagged && isScalar(node) && !isEmpty(node) && !node.type?.startsWith('BLOCK'))
    return { start: startOf(node), end, text: scalarText(value, quoteOf(node), style.quote, false) };
  if (!tagged && isCollection(node) && node.flow === true && typeof value === 'object' && value !== null)
    return { start: startOf(node), end, text: inlineText(value, style) };
  const written = slotText(slot, value, { ...style, flowLists: style.flowLists && !isSeq(node) });
  const tail = text.slice(end, lineStop(text, end));
  const first = written.indexOf(style.lineEnd);
  // A comment behind the old value stays on its line, not behind the last of the new ones.
  if (first === -1 || !/^\s+#/.test(tail)) return { start: slot.behind, end, text: written };
  return { start: slot.behind, end: end + tail.length, text: written.slice(0, first) + tail + written.slice(first) };
}

/** Adds a pair to a block mapping, or an item to a block sequence, behind the last one or before the one at an index. */
export function blockAdd(
  text: string,
  parent: Found,
  last: string | number,
  value: unknown,
  style: Style,
): Splice | SpliceProblem {
  const { node } = parent;
  if (node === null || isEmpty(node) || (isScalar(node) && node.value === null)) {
    if (parent.above === undefined) return atEnd(text, pairLines(String(last), value, style), style);
    return blockSet(text, parent, last === '-' ? [value] : { [String(last)]: value }, style);
  }
  if (!isCollection(node)) return { problem: 'there is no mapping or sequence to add to' };
  if (isSeq(node)) {
    const items = sourceItems(node);
    const lines = itemLines(value, style);
    const before = last === '-' ? undefined : dashOf(items[Number(last)]);
    const first = dashOf(items[0]) ?? startOf(node);
    const column = first - lineStart(text, first);
    if (before === undefined)
      return behind(text, parent, column, lines, spaced(text, dashOf(items.at(-1)), items.length), style);
    return {
      start: before,
      end: before,
      text: `${inset(lines, column, style).trimStart()}${style.lineEnd}${' '.repeat(column)}`,
    };
  }
  const start = startOf(isMap(node) && isScalar(node.items[0]?.key) ? node.items[0].key : node);
  const lastKey = isMap(node) && isScalar(node.items.at(-1)?.key) ? node.items.at(-1)?.key : undefined;
  const gap = spaced(text, isScalar(lastKey) ? startOf(lastKey) : undefined, node.items.length);
  return behind(text, parent, start - lineStart(text, start), pairLines(String(last), value, style), gap, style);
}

/** Removes a pair or an item with its lines. Comments above it stay; a comment behind it on its line goes along. */
export function blockRemove(text: string, found: Found, style: Style): Splice | SpliceProblem {
  const { above, node } = found;
  if (above === undefined || !isCollection(above.node)) return { problem: 'the whole document cannot be removed' };
  if (above.node.items.length === 1) return blockEmptied(text, above, style);
  const start = isSeq(above.node) ? dashOf(found.item) : startOf(found.key ?? null);
  if (start === undefined) return { problem: 'the item is written in a way that cannot be edited in place' };
  const end = isEmpty(node) || node === null ? (colonEnd(found.item) ?? start + 1) : contentEnd(node, text);
  const column = start - lineStart(text, start);
  let stop = nextLine(text, lineStop(text, end));
  while (stop < text.length && commentColumn(text, stop) > column) stop = nextLine(text, stop);
  if (!opensLine(text, start)) {
    const next = /^\s*/.exec(text.slice(stop))?.[0].length ?? 0;
    return { start, end: stop + next, text: '' };
  }
  // The last line of a file without a line end at its end: the one before it takes its place.
  if (stop === text.length && !text.endsWith('\n'))
    return { start: lineStop(text, lineStart(text, lineStart(text, start) - 1)), end: stop, text: '' };
  return { start: lineStart(text, start), end: stop, text: '' };
}

interface Slot {
  /** Behind the colon or dash, and behind an anchor, a tag or a comment that stands there. */
  readonly behind: number;
  readonly comment: boolean;
  readonly indent: string;
  readonly dash: boolean;
}

function slotOf(text: string, found: Found): Slot | SpliceProblem {
  const { item, above } = found;
  if (item === undefined || above === undefined) return { problem: 'the whole document cannot be replaced' };
  const dash = isSeq(above.node);
  const tokens: readonly CST.SourceToken[] = dash ? item.start : (item.sep ?? []);
  const from = tokens.findIndex((token) => token.type === (dash ? 'seq-item-ind' : 'map-value-ind'));
  const written = tokens.slice(from).filter((token) => !['space', 'newline'].includes(token.type));
  const kept = written.filter((token) => token.type !== 'tag');
  const tag = written.findIndex((token) => token.type === 'tag');
  if (tag !== -1 && written.findLastIndex((token) => token.type === 'anchor') > tag)
    return { problem: 'the value has a tag before its anchor, and cannot be edited in place', at: startOf(found.node) };
  // Comments below an empty value belong to what follows.
  const last = isEmpty(found.node) ? kept.filter((token) => token.type !== 'comment').at(-1) : kept.at(-1);
  if (from === -1 || last === undefined)
    return { problem: 'the value is written in a way that cannot be edited in place', at: startOf(found.node) };
  const start = dash ? (dashOf(item) ?? 0) : startOf(found.key ?? null);
  return {
    behind: last.offset + last.source.length,
    comment: last.type === 'comment',
    indent: ' '.repeat(start - lineStart(text, start)),
    dash,
  };
}

function slotText(slot: Slot, value: unknown, style: Style): string {
  const lines = slot.dash
    ? itemLines(value, style).map((line, index) => (index === 0 ? line.slice(1) : line))
    : valueLines(value, style);
  const [first = '', ...rest] = lines;
  const below = rest.map((line) => (line === '' ? '' : `${slot.indent}${line}`));
  if (!slot.comment) return [first, ...below].join(style.lineEnd);
  const inner = `${slot.indent}${' '.repeat(style.step)}${first.trimStart()}`;
  return ['', ...(first.trim() === '' ? [] : [inner]), ...below].join(style.lineEnd);
}

function blockEmptied(text: string, above: Found, style: Style): Splice | SpliceProblem {
  const empty = isSeq(above.node) ? '[]' : '{}';
  const end = contentEnd(above.node, text);
  if (above.above === undefined) return { start: startOf(above.node), end, text: empty };
  const slot = slotOf(text, above);
  if ('problem' in slot) return slot;
  const gap = slot.comment ? `${style.lineEnd}${slot.indent}${' '.repeat(style.step)}` : ' ';
  return { start: slot.behind, end, text: `${gap}${empty}` };
}

function behind(
  text: string,
  parent: Found,
  column: number,
  lines: readonly string[],
  gap: boolean,
  style: Style,
): Splice {
  let at = lineStop(text, contentEnd(parent.node, text));
  for (let next = nextLine(text, at); next < text.length && commentColumn(text, next) >= Math.max(column, 1); ) {
    at = lineStop(text, next);
    next = nextLine(text, at);
  }
  const blank = gap ? style.lineEnd : '';
  return { start: at, end: at, text: `${blank}${style.lineEnd}${inset(lines, column, style)}` };
}

function atEnd(text: string, lines: readonly string[], style: Style): Splice {
  const gap = text === '' || text.endsWith('\n') ? '' : style.lineEnd;
  return { start: text.length, end: text.length, text: `${gap}${lines.join(style.lineEnd)}${style.lineEnd}` };
}

function inset(lines: readonly string[], column: number, style: Style): string {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(column) + line)).join(style.lineEnd);
}

/** Whether the items of a collection are set apart by blank lines. */
function spaced(text: string, start: number | undefined, items: number): boolean {
  if (start === undefined || items < 2) return false;
  let line = lineStart(text, start);
  while (line > 0 && commentColumn(text, lineStart(text, line - 1)) >= 0) line = lineStart(text, line - 1);
  return line > 0 && text.slice(lineStart(text, line - 1), line).trim() === '';
}

/** The column of a comment that has a line of its own; -1 where the line is something else. */
function commentColumn(text: string, start: number): number {
  const line = text.slice(start, lineStop(text, start));
  return /^\s*#/.test(line) ? indentAt(text, start + line.indexOf('#')).length : -1;
}

function quoteOf(node: { readonly type?: string }): Quote {
  if (node.type === 'QUOTE_SINGLE') return 'single';
  return node.type === 'QUOTE_DOUBLE' ? 'double' : 'plain';
}
