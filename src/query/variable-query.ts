import { member } from './member.ts';

/** What a query variable asks a Prometheus for. */
export interface VariableQuery {
  /** The series whose labels are listed; undefined where all series are meant. */
  readonly expr?: string;
  /** The label whose values are listed; undefined where the query's result is taken as it is. */
  readonly label?: string;
  /** Where the series stand in the text. */
  readonly start: number;
}

const labelValues = /^\s*label_values\(\s*(?:([\s\S]+?)\s*,\s*)?([a-zA-Z_]\w*)\s*\)\s*$/;
const queryResult = /^\s*query_result\(([\s\S]+)\)\s*$/;

/**
 * Takes the query of a variable apart
 * (https://grafana.com/docs/grafana/v10.2/datasources/prometheus/template-variables/). Undefined for other forms.
 */
export function variableQuery(text: string): VariableQuery | undefined {
  const values = labelValues.exec(text);
  if (values !== null) {
    const [, expr, label = ''] = values;
    return {
      ...(expr === undefined ? {} : { expr }),
      label,
      start: expr === undefined ? 0 : text.indexOf(expr, text.indexOf('(')),
    };
  }
  const result = queryResult.exec(text);
  const expr = result?.[1];
  return expr === undefined ? undefined : { expr, start: text.indexOf(expr) };
}

/** What the browser asks a datasource for to fill a variable. */
export type VariableAsk =
  | { readonly kind: 'label values'; readonly label: string; readonly series?: string }
  | { readonly kind: 'label names'; readonly series?: string }
  | { readonly kind: 'metric names'; readonly regex: string }
  | { readonly kind: 'result'; readonly expr: string }
  | { readonly kind: 'series'; readonly series: string };

/**
 * What the query of a variable asks for, its variables replaced
 * (https://grafana.com/docs/grafana/v10.2/datasources/prometheus/template-variables/#query-options). Undefined for
 * nothing at all. A text that is none of the known calls is taken for a series by Prometheus.
 */
export function prometheusAsk(text: string): VariableAsk | undefined {
  const names = /^\s*label_names\(([\s\S]*)\)\s*$/.exec(text);
  if (names !== null) return { kind: 'label names', ...seriesIn(names[1]) };
  const metrics = /^\s*metrics\(([\s\S]+)\)\s*$/.exec(text)?.[1];
  if (metrics !== undefined) return { kind: 'metric names', regex: metrics };
  const values = variableQuery(text);
  if (values?.label !== undefined) return { kind: 'label values', label: values.label, ...seriesIn(values.expr) };
  if (values?.expr !== undefined) return { kind: 'result', expr: values.expr };
  return text.trim() === '' ? undefined : { kind: 'series', series: text.trim() };
}

/**
 * The same of Loki, whose editor saves the parts (`type` 0 for names, 1 for values) and whose older one a text
 * (https://grafana.com/docs/grafana/v10.2/datasources/loki/template-variables/).
 */
export function lokiAsk(query: unknown): VariableAsk | undefined {
  if (typeof query === 'string') {
    const values = variableQuery(query);
    if (values?.label !== undefined) return { kind: 'label values', label: values.label, ...seriesIn(values.expr) };
    return /^\s*label_names\(\s*\)\s*$/.test(query) ? { kind: 'label names' } : undefined;
  }
  const [label, stream] = [member(query, 'label'), member(query, 'stream')];
  if (member(query, 'type') === 0) return { kind: 'label names' };
  if (typeof label !== 'string' || label === '') return undefined;
  return { kind: 'label values', label, ...seriesIn(typeof stream === 'string' ? stream : undefined) };
}

function seriesIn(text: string | undefined): { series?: string } {
  const series = text?.trim() ?? '';
  return series === '' ? {} : { series };
}
