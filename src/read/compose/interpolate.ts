import type { Span } from '../source.ts';

/** What stands for `$NAME` or `${NAME…}` in a text. */
export interface Use {
  readonly name: string;
  readonly span: Span;
  readonly value?: string;
  readonly defaulted: boolean;
}

/** A text with its variables expanded. */
export interface Expanded {
  readonly text: string;
  readonly uses: readonly Use[];
  /** True where a variable had neither a value nor a default: compose puts the empty text there. */
  readonly open: boolean;
  /** The first `${` that compose refuses. */
  readonly invalid?: Span;
}

const deepest = 20;
const braced = /^([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-+?])([\s\S]*))?$/;

/**
 * Expands variables as compose does: `$X`, `${X}`, `${X:-y}`, `${X-y}`, `${X:?e}`, `${X?e}`, `${X:+y}`, `${X+y}`, `$$`;
 * a default may hold variables itself. Any other `$` is one, but for a `${` without a name and its end
 * (https://github.com/compose-spec/compose-go/pull/307).
 * See https://docs.docker.com/reference/compose-file/interpolation/.
 */
export function interpolate(text: string, lookup: (name: string) => string | undefined, base = 0, depth = 0): Expanded {
  let result = '';
  let open = false;
  let invalid: Span | undefined;
  const uses: Use[] = [];
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar === -1 || depth > deepest) break;
    result += text.slice(at, dollar);
    const rest = text.slice(dollar + 1);
    const bare = /^[A-Za-z_][A-Za-z0-9_]*/.exec(rest)?.[0];
    const close = rest.startsWith('{') ? closing(text, dollar + 1) : -1;
    const inner = close === -1 ? undefined : braced.exec(text.slice(dollar + 2, close));
    if (rest.startsWith('$')) {
      result += '$';
      at = dollar + 2;
    } else if (bare !== undefined || inner) {
      const name = bare ?? inner?.[1] ?? '';
      const end = bare === undefined ? close + 1 : dollar + 1 + bare.length;
      const operator = inner?.[2] ?? '';
      const word = inner?.[3] ?? '';
      const value = lookup(name);
      const set = value !== undefined && (value !== '' || !operator.startsWith(':'));
      const defaulted = operator.endsWith('-') || operator.endsWith('+');
      const span: Span = [base + dollar, base + end];
      uses.push({ name, span, defaulted, ...(value === undefined ? {} : { value }) });
      if (defaulted && operator.endsWith('+') === set) {
        const nested = interpolate(word, lookup, base + end - 1 - word.length, depth + 1);
        uses.push(...nested.uses);
        open ||= nested.open;
        invalid ??= nested.invalid;
        result += nested.text;
      } else if (!operator.endsWith('+')) {
        open ||= value === undefined;
        result += value ?? '';
      }
      at = end;
    } else {
      if (rest.startsWith('{')) invalid ??= [base + dollar, base + dollar + 2];
      result += '$';
      at = dollar + 1;
    }
  }
  return { text: result + text.slice(at), uses, open, ...(invalid === undefined ? {} : { invalid }) };
}

/** The offset of the brace that closes the one at `from`; -1 where there is none. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '$' && text[at + 1] === '$') at += 1;
    else if (text[at] === '{' && (at === from || text[at - 1] === '$')) depth += 1;
    else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}
