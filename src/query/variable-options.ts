/** One choice of a variable. */
export interface Option {
  readonly text: string;
  readonly value: string;
}

/** The option that stands for all others. */
export const allOption: Option = { text: 'All', value: '$__all' };

/** What a variable has where it has no choice at all. */
const noOption: Option = { text: 'None', value: '' };

/** The options of a custom variable: `a, b\,c, text : value` (https://grafana.com/docs/grafana/v10.2/dashboards/variables/add-template-variables/#add-a-custom-variable). */
export function customOptions(query: string): Option[] {
  return (query.match(/(?:\\,|[^,])+/g) ?? []).map((part) => {
    const text = part.replaceAll('\\,', ',');
    const [, key, value] = /^\s*(.+)\s:\s(.+)$/.exec(text) ?? [];
    return key === undefined || value === undefined
      ? { text: text.trim(), value: text.trim() }
      : { text: key.trim(), value: value.trim() };
  });
}

/** The options of an interval variable: words, or texts in quotes. */
export function intervalOptions(query: string): Option[] {
  return (query.match(/(["'])(.*?)\1|\w+/g) ?? []).map((part) => {
    const text = part.replace(/["']+/g, '').trim();
    return { text, value: text };
  });
}

/**
 * What a variable's regular expression leaves of its options: those it matches, cut to its group, or to the groups named
 * `text` and `value` (https://grafana.com/docs/grafana/v10.2/dashboards/variables/add-template-variables/#filter-variables-with-regex).
 * @throws SyntaxError where it is none
 */
export function filtered(options: readonly Option[], regex: string): Option[] {
  const pattern = regex === '' ? undefined : patternOf(regex);
  const found = pattern === undefined ? options : options.flatMap((option) => matched(option, pattern));
  return [...new Map(found.map((option) => [option.value, option])).values()];
}

/** Options in the order a variable asks for (`sort`, 0 to 6). */
export function sorted(options: readonly Option[], order: number): Option[] {
  const kind = Math.ceil(order / 2);
  if (kind < 1 || kind > 3) return [...options];
  const number = ({ text }: Option): number => Number(/.*?(\d+)/.exec(text)?.[1] ?? -1);
  const compare = (a: Option, b: Option): number => {
    if (kind === 2) return number(a) - number(b);
    const [one, other] = kind === 3 ? [a.text.toLowerCase(), b.text.toLowerCase()] : [a.text, b.text];
    return one < other ? -1 : one > other ? 1 : 0;
  };
  const up = [...options].sort(compare);
  return order % 2 === 0 ? up.reverse() : up;
}

/** What the browser chooses of the options: what was saved, as far as it is still among them, else the first. */
export function chosen(
  options: readonly Option[],
  saved: { readonly text?: unknown; readonly value?: unknown },
): readonly Option[] {
  const [first] = options;
  const fallback = first === undefined ? [noOption] : [first];
  if (Array.isArray(saved.value)) {
    const wanted = saved.value;
    const found = options.filter((option) => wanted.includes(option.value));
    return found.length > 0 ? found : fallback;
  }
  const text = Array.isArray(saved.text) ? saved.text.join(',') : saved.text;
  const found = options.find((option) => option.text === text || option.value === saved.value);
  return found === undefined ? fallback : [found];
}

/** `/…/flags`, or a text that must match as a whole. */
function patternOf(regex: string): RegExp {
  if (!regex.startsWith('/')) return new RegExp(`^${regex}$`, 'g');
  const [, body, flags = ''] = /^\/(.*)\/([gimsuy]*)$/s.exec(regex) ?? [];
  if (body === undefined) throw new SyntaxError(`"${regex}" is not a regular expression`);
  return new RegExp(body, flags.includes('g') ? flags : `${flags}g`);
}

function matched({ text, value }: Option, pattern: RegExp): Option[] {
  const all = [...value.matchAll(pattern)];
  const [first] = all;
  if (first === undefined) return [];
  const group = (name: string): string | undefined => all.find((one) => one.groups?.[name])?.groups?.[name];
  const [named, shown] = [group('value'), group('text')];
  if (named !== undefined || shown !== undefined)
    return [{ value: named ?? shown ?? value, text: shown ?? named ?? text }];
  const cut = all.find((one) => one.length > 1);
  if (cut === undefined) return [{ text, value }];
  return (all.length > 1 ? all : [cut]).map((one) => ({ text: one[1] ?? '', value: one[1] ?? '' }));
}
