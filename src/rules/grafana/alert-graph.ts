import { datasourceOf, type GrafanaConfig, type ManagedAlert, type ManagedQuery } from '../../model/grafana.ts';
import { flagAt, listAt, textValue } from '../../read/values.ts';

/** What an expression of an alert works on, with the route to where it says so. */
export interface Reference {
  readonly refId: string;
  readonly route: readonly (string | number)[];
}

/** Whether a query of an alert rule is an expression over others (https://grafana.com/docs/grafana/v10.2/panels-visualizations/query-transform-data/expression-queries/). */
export function isExpression({ datasourceUid }: ManagedQuery): boolean {
  return datasourceUid === '__expr__' || datasourceUid === '-100';
}

/** The refIds an expression names. */
export function referencesOf(query: ManagedQuery): Reference[] {
  const { model } = query;
  const type = textValue(model, 'type') ?? '';
  const expression = (textValue(model, 'expression') ?? '').trim();
  if (!isExpression(query)) return [];
  if (type === 'math') {
    const found = [...expression.matchAll(/\$(?:\{([^}]+)\}|(\w+))/g)].map((match) => match[1] ?? match[2] ?? '');
    return [...new Set(found)].map((refId) => ({ refId, route: ['model', 'expression'] }));
  }
  if (type === 'reduce' || type === 'resample' || type === 'threshold') {
    const refId = expression.replace(/^\$/, '');
    return refId === '' ? [] : [{ refId, route: ['model', 'expression'] }];
  }
  if (type !== 'classic_conditions') return [];
  return listAt(model, 'conditions').flatMap((condition, index) => {
    const refId = textValue(condition, 'query', 'params', 0);
    return refId === undefined ? [] : [{ refId, route: ['model', 'conditions', index, 'query', 'params', 0] }];
  });
}

/** What comes of a query: one number for each series, a series of many, or nobody knows. */
export type Outcome = 'number' | 'series' | 'open';

/** What comes of a refId of an alert rule. */
export function outcomeOf(
  alert: ManagedAlert,
  grafana: GrafanaConfig,
  refId: string,
  seen: readonly string[] = [],
): Outcome {
  const query = alert.queries.find((one) => one.refId === refId);
  if (query === undefined || seen.includes(refId)) return 'open';
  if (!isExpression(query)) return ofDatasource(query, grafana);
  const type = textValue(query.model, 'type') ?? '';
  if (type === 'reduce' || type === 'classic_conditions') return 'number';
  if (type === 'resample') return 'series';
  if (type !== 'math' && type !== 'threshold') return 'open';
  const parts = referencesOf(query).map((one) => outcomeOf(alert, grafana, one.refId, [...seen, refId]));
  if (parts.includes('series')) return 'series';
  return parts.includes('open') ? 'open' : 'number';
}

function ofDatasource({ datasourceUid, model }: ManagedQuery, grafana: GrafanaConfig): Outcome {
  const type = datasourceOf(grafana, { uid: datasourceUid, at: { file: '' } })?.type;
  if (type === 'prometheus') {
    const [range, instant] = [flagAt(model, 'range'), flagAt(model, 'instant')];
    return range === true || instant !== true ? 'series' : 'number';
  }
  if (type === 'loki') {
    const kind = textValue(model, 'queryType') ?? (flagAt(model, 'instant') === true ? 'instant' : 'range');
    return kind === 'instant' ? 'number' : 'series';
  }
  return 'open';
}
