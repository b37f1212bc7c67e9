import type { Place, Pointer } from '../../model/location.ts';
import { isMapping } from '../values.ts';

/** A value that remembers where it was written, through every merge. */
export interface Written {
  readonly at: Place;
  readonly scalar?: unknown;
  readonly map?: ReadonlyMap<string, Written>;
  readonly list?: readonly Written[];
  /** The route of a `!reference`. */
  readonly reference?: readonly string[];
}

/** A parsed value with its places. */
export function written(value: unknown, file: string, pointer: Pointer): Written {
  const at: Place = { file, pointer };
  if (Array.isArray(value)) return { at, list: value.map((item, index) => written(item, file, [...pointer, index])) };
  if (!isMapping(value)) return { at, scalar: value };
  const reference = value['!reference'];
  if (Array.isArray(reference)) return { at, reference: reference.map(String) };
  const map = new Map(
    Object.entries(value).map(([key, held]) => [key, written(held, file, [...pointer, key])] as const),
  );
  return { at, map };
}

/** Two values as GitLab merges them: mappings key by key, of everything else the later one. */
export function merged(earlier: Written | undefined, later: Written): Written {
  if (earlier?.map === undefined || later.map === undefined) return later;
  const map = new Map(earlier.map);
  for (const [key, value] of later.map) map.set(key, merged(map.get(key), value));
  return { at: later.at, map };
}

/** The plain value again. */
export function plainOf(node: Written): unknown {
  if (node.map !== undefined) return Object.fromEntries([...node.map].map(([key, held]) => [key, plainOf(held)]));
  if (node.list !== undefined) return node.list.map(plainOf);
  return node.reference === undefined ? node.scalar : null;
}

/** The value at a route of keys and indices, if it is there. */
export function writtenAt(node: Written, route: readonly (string | number)[]): Written | undefined {
  let here: Written | undefined = node;
  for (const step of route) here = typeof step === 'number' ? here?.list?.[step] : here?.map?.get(step);
  return here;
}

/** Where the value at a route was written, or the nearest thing above it. */
export function placeAt(node: Written, route: readonly (string | number)[]): Place {
  for (let length = route.length; length > 0; length -= 1) {
    const found = writtenAt(node, route.slice(0, length));
    if (found !== undefined) return found.at;
  }
  return { ...node.at, part: 'key' };
}
