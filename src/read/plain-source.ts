import type { Pointer } from '../model/location.ts';
import { type Builder, readPlainYaml } from './plain-yaml.ts';
import { type ScalarStyle, scalarOffset } from './scalar-offset.ts';
import { type Found, type Source, type Span, wholeFile } from './source.ts';

type Fields = Record<string, unknown>;

const values: Builder<unknown, Fields, unknown[]> = {
  scalar: (value) => value,
  map: () => ({}),
  put: (map, key, value) => {
    if (Object.hasOwn(map, key)) return false;
    map[key] = value;
    return true;
  },
  list: () => [],
  push: (list, value) => void list.push(value),
  close: (collection) => collection,
};

interface Node {
  readonly span: Span;
  readonly scalar?: { readonly text: string; readonly style: ScalarStyle };
  readonly entries?: Entries;
  readonly items?: readonly Node[];
}

type Entries = Map<string, { readonly key: Span; readonly node: Node }>;

const places: Builder<Node, Entries, Node[]> = {
  scalar: (value, start, end, style) => ({ span: [start, end], scalar: { text: String(value), style } }),
  map: () => new Map(),
  put: (map, key, node, keyStart, keyEnd) => {
    map.set(key, { key: [keyStart, keyEnd], node });
    return true;
  },
  list: () => [],
  push: (list, node) => void list.push(node),
  close: (collection, start, end) => {
    const span: Span = [start, end];
    return Array.isArray(collection) ? { span, items: collection } : { span, entries: collection };
  },
};

/** The source of a text in plain YAML; undefined where it is not. Places are sought when the first is asked for. */
export function plainSource(text: string): Source | undefined {
  const value = readPlainYaml(text, values);
  if (value === undefined) return undefined;
  let root: Node | undefined;
  return {
    text,
    value,
    problems: [],
    find: (pointer) => {
      root ??= readPlainYaml(text, places);
      return root === undefined ? wholeFile : find(text, root, pointer);
    },
  };
}

function find(text: string, root: Node, pointer: Pointer): Found {
  let node = root;
  let key: Span | undefined;
  let depth = 0;
  for (const step of pointer) {
    const entry = node.entries?.get(String(step));
    const next = entry?.node ?? (typeof step === 'number' ? node.items?.[step] : undefined);
    if (next === undefined) break;
    key = entry?.key;
    node = next;
    depth += 1;
  }
  const [start, end] = node.span;
  const { scalar } = node;
  const offset = (inside: number): number =>
    scalar === undefined
      ? Math.min(start + inside, end)
      : start + scalarOffset(text.slice(start, end), scalar.style, scalar.text, inside);
  return { depth, ...(key === undefined ? {} : { key }), value: node.span, offset };
}
