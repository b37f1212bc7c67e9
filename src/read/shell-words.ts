import type { Span } from './source.ts';

/** A word of a command string and where it stands in it. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

const operators = /[;&|<>]/;
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t' };

/**
 * Splits a command string into words as compose does (https://pkg.go.dev/github.com/mattn/go-shellwords): blanks, quotes
 * and backslashes, no expansion. An operator of a shell outside quotes ends the command, and what follows is dropped.
 */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  let word: string | undefined;
  let start = 0;
  let quote = '';
  let at = 0;
  const end = (): void => {
    if (word !== undefined) words.push({ text: word, span: [start, at] });
    word = undefined;
  };
  for (; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote === '' && operators.test(char)) break;
    if (quote === '' && /\s/.test(char)) {
      end();
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
      word += escapes[text.charAt(at)] ?? text.charAt(at);
    } else word += char;
  }
  end();
  return words;
}
