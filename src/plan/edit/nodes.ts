import {
  type CST,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { type Pointer, pointerText } from '../../model/location.ts';
import type { SpliceProblem } from './splice.ts';

/** A node of a document with the way to it. `item` is what the source says of it as a part of `above`. */
export interface Found {
  readonly node: Node | null;
  readonly above?: Found;
  readonly index: number;
  readonly key?: Node;
  readonly item?: CST.CollectionItem;
}

/** The node at a pointer. An alias is not followed: what it names belongs to another place. */
export function findNode(document: Document, pointer: Pointer): Found | SpliceProblem {
  let found: Found = { node: document.contents, index: 0 };
  for (const [depth, step] of pointer.entries()) {
    const { node } = found;
    const above = found;
    const here = pointerText(pointer.slice(0, depth));
    if (isAlias(node))
      return {
        problem: `"${here}" is the alias *${node.source}: edit the value where it is anchored`,
        ...placeOf(node),
      };
    if (isMap(node)) {
      const index = node.items.findLastIndex((pair) => keyText(pair) === String(step));
      const pair = node.items[index];
      if (pair === undefined) return { problem: `"${here}" has "${step}" from a merge key only`, ...placeOf(node) };
      found = {
        node: isNode(pair.value) ? pair.value : null,
        above,
        index,
        ...(isNode(pair.key) ? { key: pair.key } : {}),
        ...itemOf(pair.srcToken),
      };
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      found = {
        node: isNode(item) ? item : null,
        above,
        index: Number(step),
        ...itemOf(sourceItems(node)[Number(step)]),
      };
    } else return { problem: `"${here}" holds nothing that could be edited`, ...placeOf(node) };
  }
  return found;
}

/** Where the value at a pointer begins; the place of the key where nothing is written behind it. */
export function locateNode(document: Document, pointer: Pointer): number | undefined {
  const found = findNode(document, pointer);
  if ('problem' in found || (found.node === null && found.key === undefined)) return undefined;
  return startOf(isEmpty(found.node) || found.node === null ? (found.key ?? null) : found.node);
}

/** Where a document names an anchor that is not there. */
export function danglingAlias(document: Document): number | undefined {
  let at: number | undefined;
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      at = startOf(alias);
      return visit.BREAK;
    },
  });
  return at;
}

/** Whether a node, or one above it, is written in braces or brackets. */
export function isFlow(found: Found): boolean {
  return (isCollection(found.node) && found.node.flow === true) || (found.above !== undefined && isFlow(found.above));
}

/** Where the content of a node ends: behind its last character, before a comment or line end. */
export function contentEnd(node: Node | null, text: string): number {
  if (isCollection(node) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    if (isPair(last)) {
      if (isNode(last.value) && !isEmpty(last.value)) return contentEnd(last.value, text);
      return colonEnd(last.srcToken) ?? endOf(isNode(last.key) ? last.key : null);
    }
    if (isNode(last) && !isEmpty(last)) return contentEnd(last, text);
  }
  const end = endOf(node);
  if (isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')) {
    const body = text.slice(0, end).replace(/(\r?\n)+$/, '');
    return Math.max(body.length, startOf(node));
  }
  return end;
}

/** The offset behind a pair's colon. */
export function colonEnd(item: CST.CollectionItem | undefined): number | undefined {
  const colon = item?.sep?.find((token) => token.type === 'map-value-ind');
  return colon === undefined ? undefined : colon.offset + colon.source.length;
}

/** The offset of a block sequence item's dash. */
export function dashOf(item: CST.CollectionItem | undefined): number | undefined {
  return item?.start.find((token) => token.type === 'seq-item-ind')?.offset;
}

/** The source items of a block sequence that are items, not comments at its end. */
export function sourceItems(node: YAMLSeq | YAMLMap): CST.CollectionItem[] {
  const source = node.srcToken;
  if (source === undefined || !('items' in source)) return [];
  return source.type === 'block-seq'
    ? source.items.filter((item) => item.start.some((token) => token.type === 'seq-item-ind'))
    : source.items.filter((item) => item.key !== undefined || item.value !== undefined || item.sep !== undefined);
}

/** Whether a node is nothing written at all. */
export function isEmpty(node: unknown): boolean {
  return isScalar(node) && node.value === null && (node.range === undefined || node.range?.[0] === node.range?.[1]);
}

/** The offset a node starts at, behind its anchor and tag. */
export function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function endOf(node: Node | null): number {
  return node?.range?.[1] ?? 0;
}

function placeOf(node: Node | null): { at?: number } {
  return node?.range === undefined || node.range === null ? {} : { at: node.range[0] };
}

function keyText(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function itemOf(item: CST.CollectionItem | undefined): { item?: CST.CollectionItem } {
  return item === undefined ? {} : { item };
}
