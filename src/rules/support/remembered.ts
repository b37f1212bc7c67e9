/** A function of an object that answers the same question once: many rules ask it about the same configuration. */
export function remembered<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly answer: T }>();
  return (key) => {
    const before = known.get(key) ?? { answer: make(key) };
    known.set(key, before);
    return before.answer;
  };
}
