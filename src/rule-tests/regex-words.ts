import { matchesWhole } from '../query/re2.ts';

interface Reader {
  readonly text: string;
  at: number;
}

const most = 12;
/** Characters tried for what a class leaves open. */
const usual = [...'x1aA0-_./ :'];
const escapes: Readonly<Record<string, string>> = { d: '1', w: 'x', s: ' ', D: 'x', W: '-', S: 'x', n: '\n', t: '\t' };

/**
 * Texts that an RE2 expression matches as a whole, one for each of its first alternatives; empty where none was found.
 * What it cannot read it guesses: only what really matches is given.
 */
export function wordsMatching(pattern: string, filler: string): string[] {
  const reader: Reader = { text: pattern.replace(/^\(\?[a-zA-Z]+\)/, ''), at: 0 };
  const guesses = [...alternatives(reader, filler), filler, '', pattern.replaceAll('\\', '')];
  return [...new Set(guesses)].filter((word) => matchesWhole(pattern, word));
}

function alternatives(reader: Reader, filler: string): string[] {
  const all = sequence(reader, filler);
  while (reader.text[reader.at] === '|') {
    reader.at += 1;
    all.push(...sequence(reader, filler));
  }
  return all.slice(0, most);
}

function sequence(reader: Reader, filler: string): string[] {
  let words = [''];
  while (reader.at < reader.text.length && !'|)'.includes(reader.text[reader.at] ?? '')) {
    const parts = repeated(reader, atom(reader, filler), filler);
    words = words.flatMap((word) => parts.map((part) => word + part)).slice(0, most);
  }
  return words;
}

/** An atom's texts, and whether it stands for any character. */
interface Atom {
  readonly texts: readonly string[];
  readonly any: boolean;
}

function atom(reader: Reader, filler: string): Atom {
  const sign = reader.text[reader.at] ?? '';
  reader.at += 1;
  if (sign === '(') {
    const flags = /^\?(?:P?<\w+>|[a-zA-Z-]*:|[a-zA-Z-]+\))/.exec(reader.text.slice(reader.at))?.[0] ?? '';
    reader.at += flags.length;
    if (flags.endsWith(')')) return { texts: [''], any: false };
    const texts = alternatives(reader, filler);
    reader.at += 1;
    return { texts, any: false };
  }
  if (sign === '[') return { texts: [ofClass(reader)], any: false };
  if (sign === '.') return { texts: ['x'], any: true };
  if (sign === '^' || sign === '$') return { texts: [''], any: false };
  if (sign !== '\\') return { texts: [sign], any: false };
  const escaped = reader.text[reader.at] ?? '';
  reader.at += 1;
  if ('bBAz'.includes(escaped)) return { texts: [''], any: false };
  return { texts: [escapes[escaped] ?? escaped], any: false };
}

function ofClass(reader: Reader): string {
  const end = reader.text.indexOf(']', reader.at + (/^\^?\]/.exec(reader.text.slice(reader.at))?.[0].length ?? 0));
  const whole = `[${reader.text.slice(reader.at, end === -1 ? undefined : end + 1)}`;
  reader.at = end === -1 ? reader.text.length : end + 1;
  const own = [...whole.replace(/[[\]^\\-]/g, '')];
  return [...usual, ...own].find((character) => matchesWhole(whole, character)) ?? '';
}

/** As often as it must be, and once where it may be left out; any number of any character is a word to read. */
function repeated(reader: Reader, { texts, any }: Atom, filler: string): readonly string[] {
  const quantifier = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(reader.text.slice(reader.at));
  if (quantifier === null) return texts;
  reader.at += quantifier[0].length;
  if (any && '*+'.includes(quantifier[0][0] ?? '')) return [filler];
  const times = Math.max(1, Number(quantifier[1] ?? 1));
  return times === 1 ? texts : texts.map((text) => text.repeat(times));
}
