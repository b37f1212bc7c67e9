/** A thing in quotes, as messages name it. */
export function quote(thing: string): string {
  return `"${thing}"`;
}

/** Several things in quotes: `"a"`, `"a" and "b"`, `"a", "b" and 3 more`. */
export function quoteAll(things: readonly string[], most = 4): string {
  const shown = things.slice(0, things.length > most ? most - 1 : most).map(quote);
  const rest = things.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
