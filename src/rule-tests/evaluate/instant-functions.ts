import { captureWhole } from '../../query/re2.ts';
import { dropName, type Element, EvaluationFailed, keyOf, withLabel } from './value.ts';

const degrees = 180 / Math.PI;

/** Functions that work on each value alone (https://prometheus.io/docs/prometheus/2.47/querying/functions/). */
export const valueFunctions: Readonly<Record<string, (value: number, ...scalars: number[]) => number | undefined>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  exp: Math.exp,
  sqrt: Math.sqrt,
  ln: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sgn: Math.sign,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  deg: (value) => value * degrees,
  rad: (value) => value / degrees,
  round: (value, nearest = 1) => Math.floor(value / nearest + 0.5) * nearest,
  clamp: (value, least = 0, most = 0) => (most < least ? undefined : Math.max(least, Math.min(most, value))),
  clamp_min: (value, least = 0) => Math.max(least, value),
  clamp_max: (value, most = 0) => Math.min(most, value),
};

const ofDate = (read: (date: Date) => number) => (seconds: number) => read(new Date(Math.trunc(seconds) * 1000));
const dayMs = 86_400_000;

/** Functions of a time in seconds, in UTC. Without an argument they are of the time of the evaluation. */
export const timeFunctions: Readonly<Record<string, (seconds: number) => number>> = {
  minute: ofDate((date) => date.getUTCMinutes()),
  hour: ofDate((date) => date.getUTCHours()),
  day_of_week: ofDate((date) => date.getUTCDay()),
  day_of_month: ofDate((date) => date.getUTCDate()),
  day_of_year: ofDate((date) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / dayMs) + 1),
  days_in_month: ofDate((date) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()),
  month: ofDate((date) => date.getUTCMonth() + 1),
  year: ofDate((date) => date.getUTCFullYear()),
};

/** `label_replace`: where the whole source matches, the target is what the replacement makes of it. */
export function labelReplace(vector: readonly Element[], texts: readonly string[]): Element[] {
  const [target = '', replacement = '', source = '', pattern = ''] = texts;
  return distinct(
    vector.map((element) => {
      const groups = captureWhole(pattern, element.labels[source] ?? '');
      if (groups === undefined) return element;
      const value = replacement.replace(/\$(?:(\d+)|\{(\d+)\}|\$)/g, (whole, plain, braced) =>
        whole === '$$' ? '$' : (groups[Number(plain ?? braced)] ?? ''),
      );
      return { ...element, labels: withLabel(element.labels, target, value) };
    }),
  );
}

/** `label_join`: the target is the sources' values with a text between them. */
export function labelJoin(vector: readonly Element[], texts: readonly string[]): Element[] {
  const [target = '', separator = '', ...sources] = texts;
  return distinct(
    vector.map((element) => {
      const value = sources.map((source) => element.labels[source] ?? '').join(separator);
      return { ...element, labels: withLabel(element.labels, target, value) };
    }),
  );
}

/** Applies a function to each value; those without a result drop out. */
export function mapped(vector: readonly Element[], change: (value: number) => number | undefined): Element[] {
  return vector.flatMap(({ labels, value }) => {
    const changed = change(value);
    return changed === undefined ? [] : [{ labels: dropName(labels), value: changed }];
  });
}

/** @throws EvaluationFailed where two elements have the same labels. */
export function distinct(vector: Element[]): Element[] {
  if (vector.length > 1 && new Set(vector.map(({ labels }) => keyOf(labels))).size < vector.length)
    throw new EvaluationFailed('vector cannot contain metrics with the same labelset');
  return vector;
}
