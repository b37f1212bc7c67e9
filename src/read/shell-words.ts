import type { Span } from './source.ts';

/** A word of a command string and where it stands in it. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** Splits a command string into words as compose does: blanks, quotes and backslashes; no expansion. */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  let word: string | undefined;
  let start = 0;
  let quote = '';
  const end = (at: number): void => {
    if (word !== undefined) words.push({ text: word, span: [start, at] });
    word = undefined;
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote === '' && /\s/.test(char)) {
      end(at);
      continue;
    }
    if (word === undefined) {
      word = '';
      start = at;
    }
    if (quote !== '' && char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === '\\' && quote !== "'" && at + 1 < text.length) {
      at += 1;
      const next = text.charAt(at);
      word += quote === '"' && !/["\\$`]/.test(next) ? `\\${next}` : next;
    } else word += char;
  }
  end(text.length);
  return words;
}
