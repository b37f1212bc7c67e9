/** The words of an expression that is nothing but a list of them (`a|b`, `(a|b)`); undefined where it is more than that. */
export function wordsOf(regex: string): string[] | undefined {
  const words = regex.replace(/^\((?:\?:)?([^()]*)\)$/, '$1').split('|');
  return words.every((word) => /^[\w -]+$/.test(word)) ? words : undefined;
}
