/** A key and the offset of its colon. */
export interface Key {
  readonly text: string;
  readonly end: number;
}

/** A value and the offset behind it. */
export interface Read {
  readonly value: string | number | boolean | null;
  readonly end: number;
}

/** A dot begins the jobs that GitLab hides, and some numbers. */
const plainKey = /(?:[A-Za-z_/]|\.(?=[A-Za-z_])(?!inf|nan)(?!INF|NAN|Inf|NaN))[A-Za-z0-9_./$@-]*(?=:(?: |$))/my;
const special = /^(?:~|[Nn]ull|NULL|[Tt]rue|TRUE|[Ff]alse|FALSE)$/;
const numeric = /^[-+]?\.?\d/;
const otherNumber = /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)$/;
const longestKey = 1000;
const infinite = /^[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)$/;

/** The key that starts here, where the line goes on with a mapping; undefined where it does not, or it is no simple one. */
export function keyAt(text: string, at: number, eol: number): Key | undefined {
  const code = text.charCodeAt(at);
  if (code === 0x22 || code === 0x27) {
    const quoted = quotedAt(text, at, eol);
    if (quoted === undefined || text.charCodeAt(quoted.end) !== 0x3a) return undefined;
    const after = text.charCodeAt(quoted.end + 1);
    const ends = quoted.end + 1 === eol || after === 0x20;
    return ends && usable(quoted.text) ? { text: quoted.text, end: quoted.end } : undefined;
  }
  plainKey.lastIndex = at;
  const found = plainKey.exec(text)?.[0];
  if (found === undefined || special.test(found) || !usable(found)) return undefined;
  return { text: found, end: at + found.length };
}

function usable(key: string): boolean {
  return key !== '<<' && key !== '__proto__' && key !== '' && key.length < longestKey;
}

/** The quoted text that starts here and ends on its line. Escapes are those JSON has too. */
export function quotedAt(text: string, at: number, eol: number): { text: string; end: number } | undefined {
  const quote = text.charAt(at);
  let close = text.indexOf(quote, at + 1);
  if (quote === "'") {
    while (close !== -1 && text.charAt(close + 1) === quote) close = text.indexOf(quote, close + 2);
    if (close === -1 || close >= eol) return undefined;
    return { text: text.slice(at + 1, close).replaceAll("''", "'"), end: close + 1 };
  }
  while (close !== -1 && isEscaped(text, close)) close = text.indexOf(quote, close + 1);
  if (close === -1 || close >= eol) return undefined;
  const inner = text.slice(at + 1, close);
  if (!inner.includes('\\')) return { text: inner, end: close + 1 };
  try {
    const decoded: unknown = JSON.parse(text.slice(at, close + 1));
    return { text: String(decoded), end: close + 1 };
  } catch {
    return undefined;
  }
}

/** Whether a backslash takes the meaning from the character here. */
export function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text.charCodeAt(start - 1) === 0x5c) start -= 1;
  return (at - start) % 2 === 1;
}

/** The unquoted value that starts here and ends on its line; undefined where it is none, or no simple one. */
export function plainValue(text: string, at: number, eol: number): Read | undefined {
  if (/[\s,[\]{}#&*!|>'"%@`?:-]/.test(text.charAt(at)) && !/[-:?][^\s,[\]{}]/.test(text.slice(at, at + 2)))
    return undefined;
  const line = text.slice(at, eol);
  const comment = line.indexOf(' #');
  const written = (comment === -1 ? line : line.slice(0, comment)).trimEnd();
  if (written.includes(': ') || written.endsWith(':') || written.includes('\t')) return undefined;
  const end = at + written.length;
  const value = scalarValue(written);
  return value === undefined ? undefined : { value, end };
}

/** A scalar inside brackets. */
export function flowItem(
  text: string,
  at: number,
  eol: number,
): (Read & { readonly style: 'plain' | 'single' | 'double' }) | undefined {
  const char = text.charAt(at);
  if (char === '"' || char === "'") {
    const quoted = quotedAt(text, at, eol);
    if (quoted === undefined) return undefined;
    return { value: quoted.text, end: quoted.end, style: char === '"' ? 'double' : 'single' };
  }
  flowPlain.lastIndex = at;
  const found = flowPlain.exec(text)?.[0];
  const value = found === undefined || found.endsWith(':') ? undefined : scalarValue(found);
  return found === undefined || value === undefined ? undefined : { value, end: at + found.length, style: 'plain' };
}

const flowPlain = /[A-Za-z0-9_./$][A-Za-z0-9_./:$@+=~^-]*/y;

/** What YAML 1.2 takes a plain scalar for; undefined for the rarer forms of numbers. */
function scalarValue(written: string): Read['value'] | undefined {
  if (numeric.test(written)) {
    if (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(written))
      return Number(written) === 0 && written !== '0' ? undefined : Number(written);
    return otherNumber.test(written) ? undefined : written;
  }
  if (!special.test(written)) return infinite.test(written) ? undefined : written;
  const lower = written.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : null;
}
