const mostKept = 250_000;

/** A function of a text that remembers its answers: many rules ask about the same expression. */
export function kept<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before.answer;
    if (known.size >= mostKept) known.clear();
    const answer = make(text);
    known.set(text, { answer });
    return answer;
  };
}
