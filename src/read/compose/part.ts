import type { Located, Place, Pointer } from '../../model/location.ts';
import { isMapping, textValue } from '../values.ts';

/**
 * A value of a compose model together with the place it was written at: after `extends` and `include`
 * neighbours may come from different files.
 */
export interface Part {
  readonly at: Place;
  readonly value: string | number | boolean | null | readonly Part[] | ReadonlyMap<string, Part>;
  /** The text before variables were expanded, where that made a difference. */
  readonly written?: string;
  /** True where a variable in the text is defined nowhere. */
  readonly open?: boolean;
}

/** Turns a text of a compose file into what compose makes of it. */
export type Expand = (text: string, at: Place) => { readonly text: string; readonly open: boolean };

/** The parts of a parsed value. */
export function partOf(value: unknown, file: string, pointer: Pointer, expand: Expand): Part {
  const at: Place = { file, pointer };
  if (typeof value === 'string') {
    const { text, open } = expand(value, at);
    return { at, value: text, ...(text === value ? {} : { written: value }), ...(open ? { open } : {}) };
  }
  if (Array.isArray(value))
    return { at, value: value.map((item, index) => partOf(item, file, [...pointer, index], expand)) };
  if (isMapping(value)) {
    const entries = Object.entries(value).map(([key, held]): [string, Part] => [
      key,
      partOf(held, file, [...pointer, key], expand),
    ]);
    return { at, value: new Map(entries) };
  }
  return { at, value: typeof value === 'number' || typeof value === 'boolean' ? value : null };
}

/** The part at a route of keys, or undefined. */
export function partAt(part: Part | undefined, ...route: readonly string[]): Part | undefined {
  let here = part;
  for (const key of route) here = here?.value instanceof Map ? here.value.get(key) : undefined;
  return here;
}

/** The items of a list; a single scalar counts as a list of one; of anything else none. */
export function itemsOf(part: Part | undefined): readonly Part[] {
  if (part === undefined || part.value === null || part.value instanceof Map) return [];
  return isList(part.value) ? part.value : [part];
}

/** The entries of a mapping; of anything else none. */
export function entriesOf(part: Part | undefined): readonly (readonly [string, Part])[] {
  return part?.value instanceof Map ? [...part.value] : [];
}

/** A scalar's text. */
export function textOf(part: Part | undefined): string | undefined {
  return textValue(part?.value);
}

/** A scalar's text with its place. */
export function locatedText(part: Part | undefined): Located<string> | undefined {
  const value = textOf(part);
  return part === undefined || value === undefined ? undefined : { value, at: part.at };
}

/** The same place, meaning the key. */
export function keyOf(at: Place): Place {
  return { ...at, part: 'key' };
}

/** The plain value. */
export function plainOf(part: Part): unknown {
  if (isList(part.value)) return part.value.map(plainOf);
  if (part.value instanceof Map) return Object.fromEntries([...part.value].map(([key, held]) => [key, plainOf(held)]));
  return part.value;
}

/** True for a list of parts. */
export function isList(value: Part['value']): value is readonly Part[] {
  return Array.isArray(value);
}
