import { type Dashboard, datasourceOf, type GrafanaConfig, type Panel, type PanelQuery } from '../../model/grafana.ts';
import type { Stack } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import { distinct } from './distinct.ts';

/** A claim that one dashboard file is served. */
export interface DashboardSubject {
  readonly claim: Claim;
  readonly service: string;
  readonly dashboard: Dashboard;
}

/** A claim that one query of a panel answers; a query without `expr` is one that nobody here can ask. */
export interface QuerySubject extends DashboardSubject {
  readonly panel: Panel;
  readonly query: PanelQuery;
}

/** What the dashboards suite claims of files: each is served. */
export function dashboardSubjects(stack: Stack): DashboardSubject[] {
  return distinct(
    stack.grafana.flatMap((config) =>
      config.dashboards.map((dashboard) => ({
        claim: claimOf('dashboards', `${dashboard.file} is served`),
        service: config.service,
        dashboard,
      })),
    ),
  );
}

/** What the dashboards suite claims of panels: each query that the browser would send answers. */
export function querySubjects(stack: Stack): QuerySubject[] {
  const subjects = dashboardSubjects(stack).flatMap(({ service, dashboard }) => {
    const grafana = stack.grafana.find((config) => config.service === service);
    return dashboard.panels.flatMap((panel) =>
      panel.queries.flatMap((query) => {
        if (query.hidden || !isAsked(grafana, dashboard, query)) return [];
        const claim = claimOf('dashboards', `${dashboard.file} panel "${panel.title}" query ${query.refId}`);
        return [{ claim, service, dashboard, panel, query }];
      }),
    );
  });
  return distinct(subjects);
}

/** What Grafana answers out of itself, or works out from other queries. */
const ofGrafana = new Set(['grafana', 'datasource', '__expr__', 'dashboard']);

/** Prometheus and Loki are not asked where nothing is written; a query of another kind of datasource has no `expr`. */
function isAsked(grafana: GrafanaConfig | undefined, dashboard: Dashboard, { expr, datasource }: PanelQuery): boolean {
  if (expr !== undefined) return expr.value.trim() !== '';
  const name = datasource?.uid ?? datasource?.name ?? '';
  const variable = dashboard.variables.find((one) => [`$${one.name}`, `\${${one.name}}`].includes(name));
  const provisioned = grafana === undefined ? undefined : datasourceOf(grafana, datasource);
  const type = provisioned?.type ?? datasource?.type ?? variable?.query;
  if (name.startsWith('-- ') || ofGrafana.has(name)) return false;
  return type === undefined ? name !== '' : !['prometheus', 'loki', ...ofGrafana].includes(type);
}
