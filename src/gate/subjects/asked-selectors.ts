import { type Dashboard, type DatasourceRef, datasourceOf, type GrafanaConfig } from '../../model/grafana.ts';
import type { PrometheusConfig } from '../../model/prometheus.ts';
import type { Stack } from '../../model/stack.ts';
import { expandMacros } from '../../query/macros.ts';
import { parsePromql } from '../../query/promql.ts';
import type { Selector } from '../../query/promql-selector.ts';

/** A selector that a rule or a panel asks a Prometheus for. */
export interface AskedSelector {
  readonly metric: string;
  readonly matchers: Selector['matchers'];
  /** `alert "Name"`, `panel "Title" of file`. */
  readonly by: string;
}

/**
 * What the rules of a server, and the panels of the stack where there is no other server, ask for by name. Series that
 * rules make are left out, and so are matchers whose value a variable gives.
 */
export function askedSelectors(stack: Stack, config: PrometheusConfig): AskedSelector[] {
  const rules = config.ruleGroups.flatMap((group) => group.rules);
  const made = new Set([
    'ALERTS',
    'ALERTS_FOR_STATE',
    ...rules.flatMap((one) => (one.kind === 'record' ? one.name : [])),
  ]);
  const ofRules = rules.flatMap(({ kind, name, expr }) => selectorsIn(expr.value, `${kind} "${name}"`));
  const ofPanels = stack.prometheus.length > 1 ? [] : stack.grafana.flatMap(panelSelectors);
  return [...ofRules, ...ofPanels].filter(({ metric }) => !made.has(metric));
}

function panelSelectors(grafana: GrafanaConfig): AskedSelector[] {
  return grafana.dashboards.flatMap((dashboard) =>
    dashboard.panels.flatMap(({ title, queries }) =>
      queries.flatMap(({ expr, datasource, hidden }) =>
        expr === undefined || hidden || typeOf(grafana, dashboard, datasource) !== 'prometheus'
          ? []
          : selectorsIn(expandMacros(expr.value), `panel "${title}" of ${dashboard.file}`),
      ),
    ),
  );
}

function selectorsIn(expr: string, by: string): AskedSelector[] {
  return parsePromql(expr).selectors.flatMap(({ metric, matchers }) =>
    metric === undefined || isOpen(metric)
      ? []
      : [{ metric, matchers: matchers.filter(({ label, value }) => label !== '__name__' && !isOpen(value)), by }],
  );
}

function isOpen(text: string): boolean {
  return /\$|\[\[/.test(text);
}

function typeOf(grafana: GrafanaConfig, { variables }: Dashboard, ref: DatasourceRef | undefined): string | undefined {
  const variable = /^\$\{?(\w+)/.exec(ref?.uid ?? ref?.name ?? '')?.[1];
  if (variable !== undefined) return variables.find(({ name }) => name === variable)?.query ?? ref?.type;
  return datasourceOf(grafana, ref)?.type ?? ref?.type;
}
