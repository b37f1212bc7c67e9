/** A JSON-like mapping. */
export type Mapping = Readonly<Record<string, unknown>>;

/** The value as a mapping, or undefined. */
export function mapping(value: unknown): Mapping | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
}

/** The value as a list; anything else is empty. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a text, or undefined. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A copy without some keys. */
export function without(value: Mapping, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** The value with every text in it changed. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  const map = mapping(value);
  if (map === undefined) return value;
  return Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, mapTexts(inner, change)]));
}
