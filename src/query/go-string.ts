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
  if (last === 0 || literal[last] !== quote) return { problem: 'the string is not closed', span: [0, literal.length] };
  const inner = literal.slice(1, last);
  if (quote === '`') return { text: inner };
  for (const match of inner.matchAll(escapes)) {
    const char = match[5];
    if (char === undefined || char === quote || Object.hasOwn(simple, char)) continue;
    const start = match.index + 1;
    return { problem: `"${match[0]}" is no escape sequence`, span: [start, start + match[0].length] };
  }
  return { text: inner.replace(escapes, (_, ...groups: (string | undefined)[]) => replaced(groups)) };
}

function replaced([hex, short, long, octal, char]: readonly (string | undefined)[]): string {
  const code = hex ?? short ?? long;
  if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  return simple[char ?? ''] ?? char ?? '';
}
