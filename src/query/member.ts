/** A member of an unknown JSON value, by keys and indices; undefined where the path leads nowhere. */
export function member(value: unknown, ...path: readonly (string | number)[]): unknown {
  let now = value;
  for (const step of path) {
    if (typeof now !== 'object' || now === null) return undefined;
    now = Reflect.get(now, step);
  }
  return now;
}

/** The value as a list; anything else is an empty list. */
export function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
