import type { Alias, CollectionTag, Document, Node, Pair, Scalar, YAMLError } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments, visit, YAMLMap } from 'yaml';
import type { Pointer } from '../model/location.ts';
import { expandedSize } from './expanded-size.ts';
import type { ScalarStyle } from './scalar-offset.ts';
import { scalarOffset } from './scalar-offset.ts';
import type { Found, Problem, Source, Span } from './source.ts';
import { brokenSource } from './source.ts';

const mostAliases = 10_000;

/** GitLab's `!reference [job, keyword]` becomes `{ '!reference': [job, keyword] }`, so that it is not taken for a list. */
const reference: CollectionTag = {
  tag: '!reference',
  collection: 'seq',
  resolve: (list) => {
    const holder = new YAMLMap();
    holder.set('!reference', list);
    return holder;
  },
};

/** The library's reading: all of YAML, and its words for what is wrong. */
export function parseWholeYaml(text: string): Source {
  try {
    const parsed = parseAllDocuments(text, {
      merge: true,
      uniqueKeys: true,
      prettyErrors: false,
      logLevel: 'error',
      customTags: [reference],
    });
    const documents: readonly Document[] = Array.isArray(parsed) ? parsed : [];
    const document = chosen(documents);
    if (document === undefined) return { ...brokenSource(text, []), value: null };
    const problems = document.errors.map(problemOf);
    if (problems.some((problem) => problem.kind === 'syntax')) return brokenSource(text, problems);
    const value = expand(document);
    if (value.refusal !== undefined) {
      return brokenSource(text, [{ kind: 'syntax', message: value.refusal, span: suspectAlias(document) }]);
    }
    return { text, value: value.plain, problems, find: (pointer) => find(document, text, pointer) };
  } catch (cause) {
    const message =
      cause instanceof RangeError ? 'nested too deeply' : String(cause instanceof Error ? cause.message : cause);
    return brokenSource(text, [{ kind: 'syntax', message, span: [0, 0] }]);
  }
}

function expand(document: Document): { readonly plain?: unknown; readonly refusal?: string } {
  try {
    const plain: unknown = document.toJS({ maxAliasCount: mostAliases });
    const refusal = expandedSize(plain);
    return refusal === undefined ? { plain } : { refusal };
  } catch (cause) {
    if (cause instanceof ReferenceError) return { refusal: cause.message };
    throw cause;
  }
}

/** The alias to point at when aliases do not expand: the first that means nothing, else the first. */
function suspectAlias(document: Document): Span {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_, alias) => void aliases.push(alias) });
  const guilty = aliases.find((alias) => alias.resolve(document) === undefined) ?? aliases[0];
  return spanOf(guilty) ?? [0, 0];
}

function chosen(documents: readonly Document[]): Document | undefined {
  const [first, second] = documents;
  const header = first !== undefined && isMap(first.contents) && first.contents.items.length === 1 && first.has('spec');
  return header && second !== undefined ? second : first;
}

function problemOf(error: YAMLError): Problem {
  const kind = error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'syntax';
  // Some messages quote the text, which may hold a secret: that part is cut off.
  const message = error.message.replace(/(token in YAML stream): .*$/s, '$1');
  const hint = hints[error.code];
  const span: Span = [error.pos[0], Math.max(error.pos[0] + 1, error.pos[1])];
  return { kind, message, span, ...(hint === undefined ? {} : { hint }) };
}

const indentation = 'Indent this like the block around it; text of a heredoc must not start left of its block either';
const hints: Readonly<Record<string, string>> = { BAD_INDENT: indentation, MULTILINE_IMPLICIT_KEY: indentation };

function find(document: Document, text: string, pointer: Pointer): Found {
  let node: Node | null = resolved(document, document.contents);
  let key: Span | undefined;
  let depth = 0;
  for (const step of pointer) {
    const next = childOf(document, node, step);
    if (next === undefined) break;
    key = next.key;
    node = resolved(document, next.value) ?? null;
    depth += 1;
  }
  const at = key?.[1] ?? 0;
  const value = spanOf(node) ?? [at, at];
  return {
    depth,
    ...(key === undefined ? {} : { key }),
    value,
    offset: (inside) => offsetIn(text, node, value, inside),
  };
}

interface Child {
  readonly key?: Span;
  readonly value: unknown;
}

function childOf(document: Document, node: Node | null, step: string | number): Child | undefined {
  if (isSeq(node)) {
    const item = typeof step === 'number' ? node.items[step] : undefined;
    if (isPair(item)) return { value: item.value };
    return item === undefined ? undefined : { value: item };
  }
  if (!isMap(node)) return undefined;
  const own = node.items.findLast((pair) => keyText(document, pair) === String(step));
  if (own !== undefined) {
    const key = spanOf(own.key);
    return { ...(key === undefined ? {} : { key }), value: own.value };
  }
  for (const pair of node.items) {
    if (keyText(document, pair) !== '<<') continue;
    const merged = resolved(document, pair.value);
    const sources = isSeq(merged) ? merged.items : [merged];
    for (const source of sources) {
      const found = childOf(document, resolved(document, source), step);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function keyText(document: Document, pair: Pair): string | undefined {
  const key = resolved(document, pair.key);
  if (!isScalar(key)) return undefined;
  return key.value === null ? '' : typeof key.value === 'symbol' ? '<<' : String(key.value);
}

function resolved(document: Document, value: unknown): Node | null {
  if (isAlias(value)) return value.resolve(document) ?? value;
  return isScalar(value) || isMap(value) || isSeq(value) ? value : null;
}

function spanOf(value: unknown): Span | undefined {
  const node = isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : undefined;
  return node?.range ? [node.range[0], node.range[1]] : undefined;
}

function offsetIn(text: string, node: Node | null, value: Span, inside: number): number {
  if (!isScalar(node)) return Math.min(value[0] + inside, value[1]);
  const written = typeof node.value === 'string' ? node.value : String(node.value);
  return value[0] + scalarOffset(text.slice(value[0], value[1]), styleOf(node), written, inside);
}

function styleOf(node: Scalar): ScalarStyle {
  if (node.type === 'QUOTE_DOUBLE') return 'double';
  if (node.type === 'QUOTE_SINGLE') return 'single';
  if (node.type === 'BLOCK_LITERAL') return 'literal';
  return node.type === 'BLOCK_FOLDED' ? 'folded' : 'plain';
}
