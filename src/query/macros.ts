/** What stands for Grafana's own macros. */
export interface MacroValues {
  readonly interval?: string;
  readonly range?: string;
}

/**
 * Replaces the macros that Grafana fills in itself (`$__rate_interval`, `$__interval`, `$__range`, `$__from`, …) by
 * plausible values; the dashboard's own variables stay
 * (https://grafana.com/docs/grafana/v10.2/dashboards/variables/add-template-variables/#global-variables).
 */
export function expandMacros(expr: string, values: MacroValues = {}): string {
  const known = macroValues(values);
  return expr.replace(
    /\$(__\w+)|\$\{(__\w+)(?:[.:][^}]*)?\}|\[\[(__\w+)(?::\w+)?\]\]/g,
    (whole, bare: string | undefined, braced: string | undefined, square: string | undefined) =>
      known[bare ?? braced ?? square ?? ''] ?? whole,
  );
}

/** Variables a text uses, Grafana's own left out, each once. */
export function variablesIn(text: string): string[] {
  const found = [...text.matchAll(variable)].map((match) => nameOf(match));
  return [...new Set(found)].filter((name) => name !== '' && !name.startsWith('__'));
}

/**
 * Texts a query may become once its variables have values: the first with plain words, the second with numbers.
 * A variable in place of a duration becomes one. Undefined where a variable stands for a whole part of the query.
 */
export function parsableForms(expr: string, words: readonly string[] = ['value', '1']): string[] | undefined {
  const expanded = expandMacros(expr);
  if (variablesIn(expanded).length === 0) return [expanded];
  if (/^\s*(?:\$\w+|\$\{\w+(?::\w+)?\}|\[\[\w+(?::\w+)?\]\])\s*$/.test(expanded)) return undefined;
  const filled = (word: string): string =>
    expanded.replace(variable, (whole, ...rest: unknown[]) => {
      const offset = rest.find((part) => typeof part === 'number') ?? 0;
      return isDuration(expanded, offset) ? duration(expanded, offset + whole.length) : word;
    });
  return words.map(filled);
}

const variable = /\$([a-zA-Z_]\w*)|\$\{([a-zA-Z_]\w*)(?:[.:][^}]*)?\}|\[\[([a-zA-Z_]\w*)(?::\w+)?\]\]/g;

function nameOf(match: RegExpMatchArray): string {
  return match[1] ?? match[2] ?? match[3] ?? '';
}

/** In `x[$a]`, `x[$a:$b]` and `x offset $a` a variable is a duration, and in `[${n}m]` the number of one. */
function isDuration(text: string, offset: number): boolean {
  return /(?:\[\s*|\[[^\]"'{}]*:\s*|\boffset\s+-?\s*)$/.test(text.slice(0, offset));
}

function duration(text: string, after: number): string {
  return /^[a-z]/.test(text.slice(after)) ? '5' : '5m';
}

function macroValues(values: MacroValues): Readonly<Record<string, string>> {
  const { interval = '15s', range = '1h' } = values;
  return {
    __rate_interval: values.interval ?? '1m',
    __interval: interval,
    __interval_ms: '15000',
    __auto: interval,
    __auto_interval: interval,
    __range: range,
    __range_s: '3600',
    __range_ms: '3600000',
    __from: '1700000000000',
    __to: '1700003600000',
    __dashboard: 'dashboard',
    __org: '1',
    __user: 'user',
    __timeFilter: 'true',
  };
}
