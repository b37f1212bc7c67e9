const simple: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};
const escapes = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]?))/g;

/** The text of a string literal of PromQL or LogQL, or what is wrong with it. Escapes are those of Go. */
export function goString(
  literal: string,
): { readonly text: string } | { readonly problem: string; readonly span: [number, number] } {
  const quote = literal[0] ?? '';
  const last = literal.length - 1;
  if (last < 1 || literal[last] !== quote) return { problem: 'the string is not closed', span: [0, literal.length] };
  const inner = literal.slice(1, last);
  if (quote === '`' || !inner.includes('\\')) return { text: inner };
  for (const match of inner.matchAll(escapes)) {
    if (isEscape(match, quote)) continue;
    const start = match.index + 1;
    return { problem: `"${match[0]}" is no escape sequence`, span: [start, start + match[0].length] };
  }
  return { text: inner.replace(escapes, (_, ...groups: (string | undefined)[]) => replaced(groups)) };
}

function isEscape([, , short, long, octal, char]: RegExpMatchArray, quote: string): boolean {
  if (char !== undefined) return char === quote || Object.hasOwn(simple, char);
  if (octal !== undefined) return Number.parseInt(octal, 8) < 256;
  const code = Number.parseInt(short ?? long ?? '0', 16);
  return code <= 0x10ffff && !(0xd800 <= code && code < 0xe000);
}

function replaced([hex, short, long, octal, char]: readonly (string | undefined)[]): string {
  const code = hex ?? short ?? long;
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  return simple[char ?? ''] ?? char ?? '';
}
