/** A mapping of a parsed document. */
export type Mapping = Readonly<Record<string, unknown>>;

const none: Mapping = Object.freeze({});

/** True for a mapping (not null, not a list). */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a route of keys and indices, or undefined. */
export function valueAt(value: unknown, ...route: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of route) {
    if (Array.isArray(here) && typeof step === 'number') here = here[step];
    else if (isMapping(here) && Object.hasOwn(here, step)) here = here[step];
    else return undefined;
  }
  return here;
}

/** The mapping at a route; an empty one where something else, or nothing, is there. */
export function mappingAt(value: unknown, ...route: readonly (string | number)[]): Mapping {
  const found = valueAt(value, ...route);
  return isMapping(found) ? found : none;
}

/** The list at a route; an empty one where something else, or nothing, is there. */
export function listAt(value: unknown, ...route: readonly (string | number)[]): readonly unknown[] {
  const found = valueAt(value, ...route);
  return Array.isArray(found) ? found : [];
}

/** The text at a route; numbers and booleans are written out, as the products' own readers do. */
export function textValue(value: unknown, ...route: readonly (string | number)[]): string | undefined {
  const found = valueAt(value, ...route);
  if (typeof found === 'string') return found;
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : undefined;
}

/** The truth at a route: YAML 1.1 words included, since the products read YAML with Go's libraries. */
export function flagAt(value: unknown, ...route: readonly (string | number)[]): boolean | undefined {
  const found = textValue(value, ...route)?.toLowerCase();
  if (found === 'true' || found === 'yes' || found === 'on' || found === 'y') return true;
  if (found === 'false' || found === 'no' || found === 'off' || found === 'n') return false;
  return undefined;
}

/** The mapping at a route as texts; values that are not scalars are left out, null is the empty text. */
export function textsAt(value: unknown, ...route: readonly (string | number)[]): Readonly<Record<string, string>> {
  const mapping = mappingAt(value, ...route);
  if (isOfTexts(mapping)) return mapping;
  const texts: [string, string][] = [];
  for (const [key, held] of Object.entries(mapping)) {
    const text = held === null ? '' : textValue(held);
    if (text !== undefined) texts.push([key, text]);
  }
  return Object.fromEntries(texts);
}

function isOfTexts(mapping: Mapping): mapping is Readonly<Record<string, string>> {
  return Object.values(mapping).every((held) => typeof held === 'string');
}

/** An object with the key, or an empty one where the value is undefined: for optional properties. */
export function optional<K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } {
  const made: { [P in K]?: T } = {};
  if (value !== undefined) made[key] = value;
  return made;
}
