import type { Span } from './source.ts';

/** A JSON value's place and those of its parts. */
export interface JsonNode {
  readonly span: Span;
  readonly entries?: ReadonlyMap<string, { readonly key: Span; readonly node: JsonNode }>;
  readonly items?: readonly JsonNode[];
}

/** Thrown inside the JSON reader alone: where the text stops being JSON. `own` where the limit is ours. */
export class JsonFault extends Error {
  readonly at: number;
  readonly own: boolean;
  constructor(message: string, at: number, own = false) {
    super(message);
    this.at = at;
    this.own = own;
  }
}

/** Nesting beyond this is refused. */
export const deepest = 500;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const space = /[ \t\r\n]*/y;

/** The places of every value of a JSON text. Throws a JsonFault where the text is not JSON. */
export function scanJson(text: string, onDuplicate: (key: string, span: Span) => void): JsonNode {
  let at = 0;

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  // Written as a loop: a regular expression would overflow on a string of a megabyte.
  const quoted = (): boolean => {
    if (text[at] !== '"') return false;
    for (let end = at + 1; end < text.length; end += 1) {
      const code = text.charCodeAt(end);
      if (code === 0x5c) end += 1;
      else if (code === 0x22) {
        at = end + 1;
        return true;
      } else if (code < 0x20) throw new JsonFault('Control character in a string', end);
    }
    throw new JsonFault('Unterminated string', text.length);
  };
  const skip = (): void => {
    match(space);
  };
  const take = (char: string): boolean => {
    skip();
    if (text[at] !== char) return false;
    at += 1;
    return true;
  };
  const need = (char: string): void => {
    if (!take(char)) throw new JsonFault(`Expected ${char}`, at);
  };

  const object = (start: number, depth: number): JsonNode => {
    const entries = new Map<string, { key: Span; node: JsonNode }>();
    if (take('}')) return { span: [start, at], entries };
    do {
      skip();
      const from = at;
      if (!quoted()) throw new JsonFault('Expected a key', at);
      const key: Span = [from, at];
      const decoded: unknown = JSON.parse(text.slice(from, at));
      const name = String(decoded);
      if (entries.has(name)) onDuplicate(name, key);
      need(':');
      entries.set(name, { key, node: value(depth) });
    } while (take(','));
    need('}');
    return { span: [start, at], entries };
  };

  const array = (start: number, depth: number): JsonNode => {
    const items: JsonNode[] = [];
    if (take(']')) return { span: [start, at], items };
    do items.push(value(depth));
    while (take(','));
    need(']');
    return { span: [start, at], items };
  };

  const value = (depth: number): JsonNode => {
    if (depth > deepest) throw new JsonFault('nested too deeply', at, true);
    skip();
    const start = at;
    if (take('{')) return object(start, depth + 1);
    if (take('[')) return array(start, depth + 1);
    if (!quoted() && match(scalar) === undefined) throw new JsonFault('Expected a value', at);
    return { span: [start, at] };
  };

  const root = value(0);
  skip();
  if (at < text.length) throw new JsonFault('Unexpected text after the value', at);
  return root;
}
