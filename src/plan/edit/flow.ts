import { isCollection, isNode, isPair, isScalar, isSeq } from 'yaml';
import { contentEnd, type Found, isEmpty, startOf } from './nodes.ts';
import { flowText, type Style } from './render.ts';
import { type Quote, scalarText } from './scalar.ts';
import { indentAt, opensLine, type Splice, type SpliceProblem } from './splice.ts';

/** How values are written inside braces and brackets: YAML's flow style, or JSON. */
export interface FlowWriter {
  readonly value: (value: unknown, indent: string) => string;
  readonly pair: (key: string, value: unknown, indent: string) => string;
  /** What stands between the braces of a collection that was empty. */
  readonly filled: (inner: string, indent: string, sequence: boolean) => string;
  readonly scalar?: (value: unknown, quote: Quote) => string;
  readonly step: string;
  readonly lineEnd: string;
  readonly between: string;
}

/** YAML's flow style. */
export function flowWriter(style: Style): FlowWriter {
  return {
    value: (value) => flowText(value, style),
    pair: (key, value) => `${scalarText(key, 'plain', style.quote, true)}: ${flowText(value, style)}`,
    filled: (inner, _indent, sequence) => (sequence ? inner : ` ${inner} `),
    scalar: (value, quote) => scalarText(value, quote, style.quote, true),
    step: ' '.repeat(style.step),
    lineEnd: style.lineEnd,
    between: ', ',
  };
}

/** Replaces a value inside a flow collection. */
export function flowSet(text: string, found: Found, value: unknown, writer: FlowWriter): Splice | SpliceProblem {
  const { node } = found;
  if (node === null || isEmpty(node))
    return { problem: 'the value is not written out, so it cannot be replaced in place' };
  if ('tag' in node && node.tag !== undefined)
    return { problem: 'the value has a tag, and cannot be replaced in place', at: startOf(node) };
  const start = startOf(node);
  const written =
    isScalar(node) && typeof value === 'string' && writer.scalar !== undefined
      ? writer.scalar(
          value,
          node.type === 'QUOTE_SINGLE' ? 'single' : node.type === 'QUOTE_DOUBLE' ? 'double' : 'plain',
        )
      : writer.value(value, indentAt(text, startOf(found.key ?? node)));
  return { start, end: contentEnd(node, text), text: written };
}

/** Adds to a flow collection, on a line of its own where its last item has one. */
export function flowAdd(
  text: string,
  parent: Found,
  last: string | number,
  value: unknown,
  writer: FlowWriter,
): Splice | SpliceProblem {
  const { node } = parent;
  if (!isCollection(node) || !node.range) return { problem: 'there is no mapping or sequence to add to' };
  const sequence = isSeq(node);
  const write = (indent: string): string =>
    sequence ? writer.value(value, indent) : writer.pair(String(last), value, indent);
  const [open, close] = [node.range[0], node.range[1]];
  const items = node.items.map((item: unknown) => spanOf(item, text));
  const final = items.at(-1);
  if (final === undefined) {
    const indent = indentAt(text, open);
    return { start: open + 1, end: close - 1, text: writer.filled(write(indent + writer.step), indent, sequence) };
  }
  const next = sequence && last !== '-' ? items[Number(last)] : undefined;
  const lined = opensLine(text, (next ?? final).start);
  const indent = indentAt(text, (next ?? final).start);
  if (next !== undefined)
    return {
      start: next.start,
      end: next.start,
      text: `${write(indent)}${lined ? `,${writer.lineEnd}${indent}` : writer.between}`,
    };
  const comma = /^\s*,/.exec(text.slice(final.end, close))?.[0].length;
  const gap = lined ? `${writer.lineEnd}${indent}` : writer.between.slice(1);
  if (comma === undefined) return { start: final.end, end: final.end, text: `,${gap}${write(indent)}` };
  return { start: final.end + comma, end: final.end + comma, text: `${gap}${write(indent)},` };
}

/** Removes from a flow collection, with one of the commas beside it. */
export function flowRemove(text: string, found: Found): Splice | SpliceProblem {
  const container = found.above?.node;
  if (!isCollection(container) || !container.range) return { problem: 'the whole document cannot be removed' };
  const items = container.items.map((item: unknown) => spanOf(item, text));
  const own = items[found.index];
  const next = items[found.index + 1];
  const before = items[found.index - 1];
  if (own === undefined) return { problem: 'there is nothing to remove' };
  if (next !== undefined) return { start: own.start, end: next.start, text: '' };
  if (before !== undefined) return { start: before.end, end: own.end, text: '' };
  return { start: container.range[0] + 1, end: container.range[1] - 1, text: '' };
}

function spanOf(item: unknown, text: string): { readonly start: number; readonly end: number } {
  if (!isPair(item)) {
    const node = isNode(item) ? item : null;
    return { start: startOf(node), end: contentEnd(node, text) };
  }
  const key = isNode(item.key) ? item.key : null;
  const value = isNode(item.value) && !isEmpty(item.value) ? item.value : key;
  return { start: startOf(key), end: contentEnd(value, text) };
}
