import {
  type AnnotationQuery,
  type Dashboard,
  type DatasourceRef,
  datasourceOf,
  type GrafanaConfig,
  type Panel,
  type PanelQuery,
  type Variable,
} from '../../model/grafana.ts';
import type { Stack } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import { distinct } from './distinct.ts';

/** A claim about all that one Grafana serves. */
export interface GrafanaSubject {
  readonly claim: Claim;
  readonly service: string;
}

/** A claim that one dashboard file is served. */
export interface DashboardSubject extends GrafanaSubject {
  readonly dashboard: Dashboard;
}

/** A claim that one query of a panel or an annotation answers; without `expr` nobody here can ask it. */
export interface QuerySubject extends DashboardSubject {
  readonly query: Pick<PanelQuery, 'refId' | 'expr' | 'datasource' | 'value'>;
  /** The variables for whose values the panel is repeated. */
  readonly repeats: readonly string[];
  /** Where Grafana works it out from other queries of the panel: those, hidden ones too, as the browser sends them along. */
  readonly inputs?: readonly PanelQuery[];
}

/** A claim that a variable can be filled. */
export interface VariableSubject extends DashboardSubject {
  readonly variable: Variable;
}

/** A claim that the library panel a dashboard shows is there. */
export interface LibrarySubject extends DashboardSubject {
  readonly library: NonNullable<Panel['library']>;
}

/** What the dashboards suite claims of a Grafana as a whole: each dashboard comes from a file. */
export function grafanaSubjects(stack: Stack): GrafanaSubject[] {
  return stack.grafana.map(({ service }) => ({
    claim: claimOf('dashboards', `${service} serves nothing else`),
    service,
  }));
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

/** What the dashboards suite claims of panels and annotations: each query that the browser would send answers. */
export function querySubjects(stack: Stack): QuerySubject[] {
  return distinct(
    perDashboard(stack, (base, grafana) => {
      const { dashboard } = base;
      const about = (what: string): Claim => claimOf('dashboards', `${dashboard.file} ${what}`);
      const panels = dashboard.panels.flatMap(({ title, queries, repeats = [] }) =>
        queries.flatMap((query) => {
          const inputs = isExpression(query) ? queries.filter((other) => other !== query) : undefined;
          if (query.hidden || (inputs === undefined && !isAsked(grafana, dashboard, query))) return [];
          const claim = about(`panel "${title}" query ${query.refId}`);
          return [{ ...base, claim, query, repeats, ...(inputs && { inputs }) }];
        }),
      );
      const annotations = dashboard.annotations.flatMap((annotation) =>
        isKept(annotation) || !isAsked(grafana, dashboard, annotation)
          ? []
          : [
              {
                ...base,
                claim: about(`annotation "${annotation.name}"`),
                query: annotationQuery(annotation),
                repeats: [],
              },
            ],
      );
      return [...panels, ...annotations];
    }),
  );
}

/** What the dashboards suite claims of variables: each that is filled by a query, or by a datasource, can be. */
export function variableSubjects(stack: Stack): VariableSubject[] {
  return distinct(
    perDashboard(stack, (base) =>
      base.dashboard.variables.flatMap((variable) =>
        variable.type === 'datasource' || (variable.type === 'query' && isFilled(variable))
          ? [{ ...base, claim: claimOf('dashboards', `${base.dashboard.file} variable "${variable.name}"`), variable }]
          : [],
      ),
    ),
  );
}

/** What the dashboards suite claims of library panels: each that a dashboard shows is there. */
export function librarySubjects(stack: Stack): LibrarySubject[] {
  return distinct(
    perDashboard(stack, (base) =>
      base.dashboard.panels.flatMap(({ library }) =>
        library === undefined
          ? []
          : [
              {
                ...base,
                claim: claimOf('dashboards', `${base.dashboard.file} library panel "${library.name}"`),
                library,
              },
            ],
      ),
    ),
  );
}

function perDashboard<T>(
  stack: Stack,
  subjects: (base: Omit<DashboardSubject, 'claim'>, grafana: GrafanaConfig) => readonly T[],
): T[] {
  return stack.grafana.flatMap((grafana) =>
    grafana.dashboards.flatMap((dashboard) => subjects({ service: grafana.service, dashboard }, grafana)),
  );
}

/** An annotation as its datasource asks for it: every minute of the time that is shown, where nothing else is written. */
function annotationQuery({ expr, datasource, value }: AnnotationQuery): QuerySubject['query'] {
  const { step, maxLines, instant } = Object.fromEntries(Object.entries(value));
  const lines = maxLines === undefined ? {} : { maxLines };
  const model = {
    expr: expr?.value,
    interval: step || '60s',
    instant: instant === true,
    range: instant !== true,
    ...lines,
  };
  return { refId: 'Anno', ...(expr && { expr }), ...(datasource && { datasource }), value: model };
}

/** Grafana keeps these itself: those of its own list, and those it finds by tags. */
function isKept({ value }: AnnotationQuery): boolean {
  return value['builtIn'] === 1 || value['type'] === 'dashboard' || value['type'] === 'tags';
}

function isFilled({ query, value }: Variable): boolean {
  return (query !== undefined && query.trim() !== '') || typeof value['query'] === 'object';
}

/** Whether Grafana works a query out from others (https://grafana.com/docs/grafana/v10.2/panels-visualizations/query-transform-data/expression-queries/). */
export function isExpression({ datasource }: Pick<PanelQuery, 'datasource'>): boolean {
  return datasource?.type === '__expr__' || datasource?.uid === '__expr__' || datasource?.uid === '-100';
}

/** What Grafana answers out of itself, or works out from other queries. */
const ofGrafana = new Set(['grafana', 'datasource', '__expr__', 'dashboard']);

/** Prometheus and Loki are not asked where nothing is written; a query of another kind of datasource has no `expr`. */
function isAsked(
  grafana: GrafanaConfig,
  dashboard: Dashboard,
  { expr, datasource }: { readonly expr?: { readonly value: string }; readonly datasource?: DatasourceRef },
): boolean {
  if (expr !== undefined) return expr.value.trim() !== '';
  const name = datasource?.uid ?? datasource?.name ?? '';
  const variable = dashboard.variables.find((one) => [`$${one.name}`, `\${${one.name}}`].includes(name));
  const type = datasourceOf(grafana, datasource)?.type ?? datasource?.type ?? variable?.query;
  if (name.startsWith('-- ') || ofGrafana.has(name)) return false;
  return type === undefined ? name !== '' : !['prometheus', 'loki', ...ofGrafana].includes(type);
}
