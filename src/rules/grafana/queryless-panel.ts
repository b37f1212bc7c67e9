import type { FindingDraft } from '../../model/finding.ts';
import { datasourceOf, type GrafanaConfig, type Panel, type PanelQuery } from '../../model/grafana.ts';
import { valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';

/** Panels that show nothing of their own. */
const asking = new Set(
  'timeseries graph stat singlestat gauge bargauge barchart table table-old piechart heatmap histogram state-timeline status-history logs trend candlestick xychart nodeGraph traces flamegraph'.split(
    ' ',
  ),
);

/** A panel shows what its queries bring (https://grafana.com/docs/grafana/v10.2/panels-visualizations/query-transform-data/). */
export const querylessPanel = defineRule({
  id: 'grafana/queryless-panel',
  severity: 'warning',
  over: 'dashboard',
  claim: 'Every panel that shows data asks for some.',
  check: ({ panels, value, title, file }, { grafana }) => {
    const empty = panels.filter((panel) => {
      if (!asking.has(panel.type)) return false;
      const written = valueAt(value, ...(panel.at.pointer ?? []));
      if (valueAt(written, 'libraryPanel') !== undefined || valueAt(written, 'snapshotData') !== undefined)
        return false;
      return panel.queries.every((query) => isEmpty(query, grafana));
    });
    const [first] = empty;
    if (first === undefined) return [];
    return [draft(first, empty, title ?? file)];
  },
});

function draft(first: Panel, empty: readonly Panel[], dashboard: string): FindingDraft {
  const names = empty.map((panel) => panel.title);
  const [subject, verb, shows] = empty.length === 1 ? ['Panel', 'asks', 'shows'] : ['Panels', 'ask', 'show'];
  return {
    at: first.at,
    message: `${subject} ${quoteAll(names)} of dashboard "${dashboard}" ${verb} for nothing and ${shows} "No data"`,
    hint: empty.length === 1 ? 'Write a query, or remove the panel' : 'Write their queries, or remove them',
    facts: { dashboard, panels: names },
  };
}

/** A query of Prometheus or Loki without an expression, or a hidden one that nothing else in the panel works on. */
function isEmpty({ expr, datasource, value }: PanelQuery, grafana: GrafanaConfig): boolean {
  const type = datasourceOf(grafana, datasource)?.type ?? datasource?.type;
  if (type !== 'prometheus' && type !== 'loki') return false;
  const others = Object.keys(value).some((key) =>
    /^(?:query|rawSql|panelId|scenarioId|target|queryText|metric|operations)$/.test(key),
  );
  return !others && (expr === undefined || expr.value.trim() === '');
}
