/** A value as a mapping; empty where it is none. */
export function mapping(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** A value as a list; empty where it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The pairs of a mapping with these keys, in this order, as far as they are there. */
export function picked(value: unknown, keys: readonly string[]): Record<string, unknown> {
  const from = mapping(value);
  return Object.fromEntries(keys.filter((key) => Object.hasOwn(from, key)).map((key) => [key, from[key]]));
}

/** Values in the order of their JSON, which does not depend on the order in which a service happens to answer. */
export function inOrder(values: readonly unknown[]): unknown[] {
  const keyed = values.map((value) => ({ value, key: JSON.stringify(value) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ value }) => value);
}

/** A JSON file of a snapshot. */
export function jsonFile(path: string, value: unknown): { path: string; mode: '100644'; bytes: Uint8Array } {
  return { path, mode: '100644', bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`) };
}
