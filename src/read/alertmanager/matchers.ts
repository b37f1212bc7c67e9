import type { Matcher } from '../../model/alertmanager.ts';
import { textsAt, textValue, valueAt } from '../values.ts';

const form = /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(=~|!~|!=|=)\s*([\s\S]*?)\s*$/;

/** Matchers of a text, and what of it is none. */
export interface ParsedMatchers {
  readonly matchers: readonly Matcher[];
  readonly invalid: readonly string[];
}

/**
 * Matchers in string form, one or several with commas, in braces or not, values quoted or bare
 * (https://prometheus.io/docs/alerting/latest/configuration/#matcher).
 */
export function parseMatchers(text: string): ParsedMatchers {
  const inner = text.trim().replace(/^\{/, '').replace(/\}$/, '');
  const matchers: Matcher[] = [];
  const invalid: string[] = [];
  for (const part of splitOutsideQuotes(inner)) {
    const found = form.exec(part);
    const [, label, op, raw] = found ?? [];
    const value = raw === undefined ? undefined : unquoted(raw);
    if (label === undefined || !isOp(op) || value === undefined) invalid.push(part.trim());
    else matchers.push({ label, op, value });
  }
  return { matchers, invalid };
}

/** Matchers of the older mapping form; `op` is `=` for `match` and `=~` for `match_re`. */
export function mappedMatchers(value: unknown, key: string, op: Matcher['op']): Matcher[] {
  return Object.entries(textsAt(value, key)).map(([label, text]) => ({ label, op, value: text }));
}

/** The texts of a list of matchers; a single text counts as a list. */
export function matcherTexts(value: unknown, key: string): { readonly text: string; readonly index?: number }[] {
  const written = valueAt(value, key);
  const single = textValue(written);
  if (single !== undefined) return [{ text: single }];
  if (!Array.isArray(written)) return [];
  return written.flatMap((item: unknown, index) => {
    const text = textValue(item);
    return text === undefined ? [] : [{ text, index }];
  });
}

function splitOutsideQuotes(text: string): string[] {
  const parts = text.match(/(?:"(?:\\.|[^"\\])*"|[^,])+/g) ?? [];
  return parts.filter((part) => part.trim() !== '');
}

function unquoted(raw: string): string | undefined {
  if (!raw.startsWith('"')) return raw.includes('"') ? undefined : raw;
  if (raw.length < 2 || !raw.endsWith('"')) return undefined;
  return raw.slice(1, -1).replace(/\\([n"\\])/g, (_, char: string) => (char === 'n' ? '\n' : char));
}

function isOp(text: string | undefined): text is Matcher['op'] {
  return text === '=' || text === '!=' || text === '=~' || text === '!~';
}
