import type { FindingDraft } from '../../model/finding.ts';
import { datasourceOf, type GrafanaConfig, type ManagedAlert, type ManagedQuery } from '../../model/grafana.ts';
import { expandMacros } from '../../query/macros.ts';
import { outcomeOf } from '../../query/promql-filter.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { referencesOf } from './alert-graph.ts';

/**
 * A query that compares has no result while nothing is wrong, and for Grafana no result is a state of its own
 * (https://grafana.com/docs/grafana/v10.2/alerting/fundamentals/alert-rules/state-and-health/#no-data-and-error-handling).
 */
export const idleAlert = defineRule({
  id: 'grafana/idle-alert',
  severity: 'warning',
  over: 'grafana',
  claim: 'No alert rule of Grafana fires because nothing is wrong.',
  check: (grafana) =>
    (grafana.alerts ?? []).flatMap((alert): FindingDraft[] => {
      const state = textValue(alert.value, 'noDataState')?.trim() || 'NoData';
      if (state !== 'Alerting' && state !== 'NoData') return [];
      const queries = behind(alert, alert.condition, []).filter((query) => query.expr !== undefined);
      const [query] = queries;
      if (query?.expr === undefined || queries.length > 1 || !filters(query, grafana)) return [];
      const fires = state === 'Alerting' ? 'it fires' : 'Grafana sends "DatasourceNoData" for it';
      const wording = 'noDataState' in alert.value ? `its noDataState is "${state}"` : 'it has no noDataState';
      return [
        {
          at: query.expr.at,
          message: `Query "${query.refId}" of alert "${alert.title}" has no result while nothing is wrong, and ${wording}, so ${fires} all the time`,
          hint: 'Write "noDataState: OK", or leave the comparison to a threshold expression',
          facts: { alert: alert.title, state },
        },
      ];
    }),
});

/** The queries of datasources that a refId comes from. */
function behind(alert: ManagedAlert, refId: string, seen: readonly string[]): ManagedQuery[] {
  const query = alert.queries.find((one) => one.refId === refId);
  if (query === undefined || seen.includes(refId)) return [];
  const parts = referencesOf(query);
  return parts.length === 0 ? [query] : parts.flatMap((one) => behind(alert, one.refId, [...seen, refId]));
}

function filters({ expr, datasourceUid }: ManagedQuery, grafana: GrafanaConfig): boolean {
  const type = datasourceOf(grafana, { uid: datasourceUid, at: { file: '' } })?.type;
  return type === 'prometheus' && expr !== undefined && outcomeOf(expandMacros(expr.value)) === 'filter';
}
