/** Puts a value with the others of its key. */
export function gather<K, V>(found: Map<K, V[]>, key: K, value: V): void {
  const before = found.get(key);
  if (before === undefined) found.set(key, [value]);
  else before.push(value);
}
