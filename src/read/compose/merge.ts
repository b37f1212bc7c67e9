import type { Place } from '../../model/location.ts';
import type { Part } from './part.ts';
import { isList, itemsOf, plainOf, textOf } from './part.ts';

const replaced = new Set(['command', 'entrypoint', 'test']);
const keyed = new Set(['environment', 'labels', 'annotations', 'args', 'sysctls', 'extra_hosts']);
const named = new Set(['depends_on', 'networks']);

/**
 * What compose makes of a base and what is laid over it: mappings are merged, lists are joined, commands replaced;
 * environment by name, mounts by target. See https://docs.docker.com/reference/compose-file/merge/.
 */
export function mergeParts(base: Part, over: Part, key = ''): Part {
  if (over.value === null && key !== 'command' && key !== 'entrypoint') return base;
  if (keyed.has(key)) return mergeParts(asMapping(base, '='), asMapping(over, '='));
  if (named.has(key) && isList(base.value) !== isList(over.value))
    return mergeParts(asMapping(base, ''), asMapping(over, ''));
  if (base.value instanceof Map && over.value instanceof Map) {
    const merged = new Map<string, Part>(base.value);
    for (const [name, part] of over.value) {
      const below = merged.get(name);
      merged.set(name, below === undefined ? part : mergeParts(below, part, name));
    }
    return { at: over.at, value: merged };
  }
  if (isList(base.value) && isList(over.value) && !replaced.has(key)) {
    const identity = key === 'volumes' ? targetOf : (part: Part): string => JSON.stringify(plainOf(part));
    const joined = new Map([...base.value, ...over.value].map((part) => [identity(part), part]));
    return { at: over.at, value: [...joined.values()] };
  }
  return over;
}

/** A list of `NAME=value` as a mapping; an empty separator makes the items its keys. */
export function asMapping(part: Part, separator: string): Part {
  if (!isList(part.value)) return part;
  const entries = itemsOf(part).map((item): [string, Part] => {
    const text = textOf(item) ?? '';
    const at = separator === '' ? -1 : text.indexOf(separator);
    if (at === -1) return [text, { at: item.at, value: null }];
    const from = at + separator.length;
    const place: Place = { ...item.at, span: [from, (item.written ?? text).length] };
    return [text.slice(0, at), { ...item, at: place, value: text.slice(from) }];
  });
  return { at: part.at, value: new Map(entries) };
}

function targetOf(part: Part): string {
  if (part.value instanceof Map) return textOf(part.value.get('target')) ?? JSON.stringify(plainOf(part));
  const fields = (textOf(part) ?? '').split(':');
  return fields[1] ?? fields[0] ?? '';
}
