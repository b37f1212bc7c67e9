import type { FindingDraft } from '../../model/finding.ts';
import type { Dashboard, Panel } from '../../model/grafana.ts';
import { valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/** What is wrong with a panel that takes another's data. */
interface Fault {
  readonly what: string;
  readonly severity?: 'warning';
  readonly source?: Panel;
}

/**
 * A panel of the datasource `-- Dashboard --` shows the data of the panel its first query names by id
 * (https://grafana.com/docs/grafana/v10.2/panels-visualizations/query-transform-data/share-query/); Grafana looks for it
 * among the panels that are there, and those of a closed row are not (https://github.com/grafana/grafana/issues/32709).
 */
export const absentSourcePanel = defineRule({
  id: 'grafana/absent-source-panel',
  severity: 'error',
  over: 'dashboard',
  claim: 'Every panel that shows the data of another panel names one that is there.',
  check: (dashboard) => dashboard.panels.flatMap((panel) => drafts(panel, dashboard)),
});

function drafts(panel: Panel, dashboard: Dashboard): FindingDraft[] {
  const [query] = panel.queries;
  const source = query?.datasource?.uid ?? query?.datasource?.name;
  if (query === undefined || source !== '-- Dashboard --' || panel.library !== undefined) return [];
  const fault = faultOf(panel, query.value['panelId'], dashboard);
  if (fault === undefined) return [];
  const title = dashboard.title ?? dashboard.file;
  return [
    {
      at: query.at,
      ...(fault.severity === undefined ? {} : { severity: fault.severity }),
      message: `Panel "${panel.title}" of dashboard "${title}" shows the data of another panel, ${fault.what}`,
      related: fault.source === undefined ? [] : [{ at: fault.source.at, note: 'the panel it names' }],
      hint: 'Choose the panel again whose data it shows, in the same dashboard',
      facts: { dashboard: title, panel: panel.title },
    },
  ];
}

function faultOf(panel: Panel, id: unknown, { panels, value }: Dashboard): Fault | undefined {
  if (typeof id !== 'number' || id === 0) return { what: 'and names none' };
  if (id === panel.id) return { what: 'and names itself' };
  const source = panels.find((one) => one.id === id);
  // A panel without an id gets one when the dashboard is opened, and that may be the one that is named.
  if (source === undefined)
    return panels.every((one) => one.id !== undefined)
      ? { what: `and names ${id}, which no panel of the dashboard is` }
      : undefined;
  const row = rowOf(source, value);
  if (row === undefined || row === rowOf(panel, value)) return undefined;
  return {
    what: `"${source.title}" in a closed row, where it is not found until that is opened`,
    severity: 'warning',
    source,
  };
}

/** The closed row that holds a panel, by its place in the list. */
function rowOf({ at: { pointer = [] } }: Panel, dashboard: unknown): string | undefined {
  const row = pointer.slice(0, 2);
  return pointer.length > 2 && valueAt(dashboard, ...row, 'collapsed') === true ? row.join('/') : undefined;
}
