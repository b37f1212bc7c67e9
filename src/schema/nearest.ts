/** The word that a misspelt one most likely means: at most two letters apart, or three in a long word. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = word.length > 10 ? 4 : Math.min(3, Math.ceil(word.length / 2));
  for (const known of words) {
    if (Math.abs(known.length - word.length) >= least) continue;
    const apart = distance(word, known);
    if (apart < least) [best, least] = [known, apart];
  }
  return best;
}

/** Letters put in, taken out, changed or swapped between two words. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (before[j - 2] ?? 0) + 1 : change;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
