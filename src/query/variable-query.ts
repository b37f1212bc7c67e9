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
