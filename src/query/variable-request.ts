import { listed, member } from './member.ts';
import type { Option } from './variable-options.ts';
import type { VariableAsk } from './variable-query.ts';

/** A question to the API of a datasource: the path below `/api/v1/`, and its parameters. */
export interface VariableRequest {
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
}

/**
 * What is sent to fill a variable, of what was stored in a stretch of time (in seconds); a result is asked for as it is
 * now (https://prometheus.io/docs/prometheus/2.47/querying/api/#querying-metadata).
 */
export function requestOf(
  type: 'prometheus' | 'loki',
  question: VariableAsk,
  over: { readonly start: number; readonly end: number },
): VariableRequest {
  const { path, query } = plainRequest(type, question);
  if (question.kind === 'result') return { path, query };
  const time = (seconds: number): string =>
    type === 'loki' ? `${Math.round(seconds * 1000)}000000` : String(Math.round(seconds));
  return { path, query: [...query, ['start', time(over.start)], ['end', time(over.end)]] };
}

function plainRequest(type: 'prometheus' | 'loki', question: VariableAsk): { path: string; query: [string, string][] } {
  const match = (series: string | undefined): [string, string][] => (series === undefined ? [] : [['match[]', series]]);
  switch (question.kind) {
    case 'label values':
      return type === 'loki' && question.series !== undefined
        ? { path: 'series', query: match(question.series) }
        : { path: `label/${encodeURIComponent(question.label)}/values`, query: match(question.series) };
    case 'label names':
      return { path: 'labels', query: match(question.series) };
    case 'metric names':
      return { path: 'label/__name__/values', query: [] };
    case 'result':
      return { path: 'query', query: [['query', question.expr]] };
    case 'series':
      return { path: 'series', query: match(question.series) };
  }
}

/** The options in an answer, before the variable's own expression and order are applied. */
export function optionsOf(question: VariableAsk, data: unknown): Option[] {
  switch (question.kind) {
    case 'label values':
      return plain(
        listed(data).flatMap((one) => (typeof one === 'string' ? one : (member(one, question.label) ?? []))),
      );
    case 'label names':
      return plain(listed(data));
    case 'metric names': {
      const wanted = new RegExp(question.regex);
      return plain(listed(data).filter((name) => wanted.test(String(name))));
    }
    case 'result':
      return plain(resultTexts(data));
    case 'series':
      return plain(listed(data).map(seriesText));
  }
}

/** `name{label="value"} 3 1700000000000`, or the plain value of a scalar. */
function resultTexts(data: unknown): string[] {
  const result = listed(member(data, 'result'));
  const kind = member(data, 'resultType');
  if (kind === 'scalar' || kind === 'string') return [String(result[1] ?? '')];
  return result.map((one) => {
    const [time, value] = listed(member(one, 'value'));
    return `${seriesText(member(one, 'metric'))} ${String(value)} ${Number(time) * 1000}`;
  });
}

function seriesText(labels: unknown): string {
  const { __name__: name = '', ...others } = Object.fromEntries(Object.entries(labels ?? {}));
  return `${String(name)}{${Object.entries(others)
    .map(([label, value]) => `${label}="${String(value)}"`)
    .join(',')}}`;
}

function plain(values: readonly unknown[]): Option[] {
  return [...new Set(values.map(String))].map((value) => ({ text: value, value }));
}
