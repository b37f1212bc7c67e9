import type { Pointer } from '../model/location.ts';
import { messageOf } from '../model/message.ts';
import type { JsonNode } from './json-scan.ts';
import { deepest, JsonFault, scanJson } from './json-scan.ts';
import { scalarOffset } from './scalar-offset.ts';
import type { Found, Problem, Source, Span } from './source.ts';
import { brokenSource } from './source.ts';
import { isEscaped } from './yaml-scalars.ts';

/**
 * Parses strict JSON, as Go's encoding/json reads it: the last of duplicate keys counts, and each is a problem.
 * Never throws. The message is the JavaScript engine's, the position our own scanner's. Places are sought when the first
 * is asked for.
 */
export function parseJson(text: string): Source {
  try {
    const value: unknown = JSON.parse(text);
    if (keysIn(value, 0) === keysWritten(text)) {
      let root: JsonNode | undefined;
      const places = (): JsonNode => {
        root ??= scanJson(text, () => {});
        return root;
      };
      return { text, value, problems: [], find: (pointer) => find(text, places(), pointer) };
    }
  } catch {
    // The scanner says where it breaks.
  }
  return scanned(text);
}

function scanned(text: string): Source {
  const problems: Problem[] = [];
  try {
    const root = scanJson(text, (key, span) =>
      problems.push({ kind: 'duplicate-key', message: `the key "${key}" is written twice`, span }),
    );
    const value: unknown = JSON.parse(text);
    return { text, value, problems, find: (pointer) => find(text, root, pointer) };
  } catch (cause) {
    const at = cause instanceof JsonFault ? Math.min(cause.at, Math.max(0, text.length - 1)) : 0;
    return brokenSource(text, [{ kind: 'syntax', message: complaint(text, cause), span: [at, at + 1] }]);
  }
}

/** The number of keys in a value; not a number where it is nested deeper than the scanner goes. */
function keysIn(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth >= deepest) return Number.NaN;
  let count = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const held of Object.values(value)) count += keysIn(held, depth + 1);
  return count;
}

/** The number of keys in a JSON text: strings before a colon. More than the value has are written twice. */
function keysWritten(text: string): number {
  let count = 0;
  for (let open = text.indexOf('"'); open !== -1; ) {
    let close = text.indexOf('"', open + 1);
    while (isEscaped(text, close)) close = text.indexOf('"', close + 1);
    let after = close + 1;
    while (text.charCodeAt(after) <= 0x20) after += 1;
    if (text.charCodeAt(after) === 0x3a) count += 1;
    open = text.indexOf('"', after);
  }
  return count;
}

function complaint(text: string, cause: unknown): string {
  if (cause instanceof JsonFault && cause.own) return cause.message;
  try {
    JSON.parse(text);
  } catch (refusal) {
    // The engine quotes the text, which may hold a secret: that part is cut off.
    if (refusal instanceof Error)
      return refusal.message.replace(/ in JSON at position .*$/s, '').replace(/, (\.\.\.)?".*$/s, '');
  }
  return messageOf(cause);
}

function find(text: string, root: JsonNode, pointer: Pointer): Found {
  let node = root;
  let key: Span | undefined;
  let depth = 0;
  for (const step of pointer) {
    const entry = node.entries?.get(String(step));
    const item = typeof step === 'number' ? node.items?.[step] : undefined;
    const next = entry?.node ?? item;
    if (next === undefined) break;
    key = entry?.key;
    node = next;
    depth += 1;
  }
  const [start, end] = node.span;
  const offset = (inside: number): number => {
    const source = text.slice(start, end);
    if (!source.startsWith('"')) return Math.min(start + inside, end);
    const value: unknown = JSON.parse(source);
    return start + scalarOffset(source, 'double', String(value), inside);
  };
  return { depth, ...(key === undefined ? {} : { key }), value: node.span, offset };
}
