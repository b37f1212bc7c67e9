import type { Route } from '../../../model/alertmanager.ts';
import { type DatasourceRef, datasourceOf, type GrafanaConfig } from '../../../model/grafana.ts';
import type { Expectation, Offer } from '../../../model/graph.ts';
import type { Stack } from '../../../model/stack.ts';

type Part = readonly [offers: readonly Offer[], expectations: readonly Expectation[]];

/** What the configuration of the products joins: rule files, receivers, datasources. */
export function watchingSide(stack: Stack): Part {
  const parts = [ruleFiles(stack), receivers(stack), ...stack.grafana.map(datasources)];
  return [parts.flatMap(([offers]) => offers), parts.flatMap(([, expectations]) => expectations)];
}

function ruleFiles({ prometheus }: Stack): Part {
  const offers: Offer[] = [];
  const expectations: Expectation[] = [];
  for (const { service, ruleFiles: entries } of prometheus) {
    for (const { pattern, paths } of entries) {
      const edge = { kind: 'rule file', at: pattern.at, from: `Prometheus "${service}"` } as const;
      for (const path of paths) offers.push({ kind: 'rule file', name: path, at: { file: path }, by: service });
      for (const name of paths.length === 0 ? [pattern.value] : paths) expectations.push({ ...edge, name });
    }
  }
  return [offers, expectations];
}

function receivers({ alertmanager }: Stack): Part {
  const offers = alertmanager.flatMap(({ service, receivers: list }) =>
    list.map(({ name, at }): Offer => ({ kind: 'receiver', name: `${service}:${name}`, at, by: service })),
  );
  const expectations = alertmanager.flatMap(({ service, route }) =>
    routesBelow(route).map(
      ({ receiver, at }): Expectation => ({ kind: 'receiver', name: `${service}:${receiver}`, at, from: 'A route' }),
    ),
  );
  return [offers, expectations];
}

function routesBelow(route: Route | undefined): Route[] {
  return route === undefined ? [] : [route, ...route.routes.flatMap(routesBelow)];
}

function datasources(grafana: GrafanaConfig): Part {
  const { service, datasources: sources, dashboards } = grafana;
  const offers = sources.map(
    ({ uid, at }): Offer => ({ kind: 'datasource', name: `${service}:${uid}`, at, by: service }),
  );
  const edge = (ref: DatasourceRef | undefined, at: Expectation['at'], from: string): Expectation[] => {
    const uid = datasourceOf(grafana, ref)?.uid;
    const wanted = uid ?? ref?.uid ?? ref?.name;
    // A variable is chosen by whoever looks, and so is the datasource of Grafana's own ("-- Grafana --").
    if (wanted === undefined || /[$[]|^-- /.test(wanted)) return [];
    return [{ kind: 'datasource', name: `${service}:${wanted}`, at, from }];
  };
  // The pages of alerts show what every Alertmanager has.
  const alerting = sources
    .filter(({ type }) => type === 'alertmanager')
    .map(({ uid, at }): Expectation => ({ kind: 'datasource', name: `${service}:${uid}`, at, from: 'Grafana' }));
  const expectations = dashboards.flatMap((board) => [
    ...board.panels.flatMap((panel) =>
      panel.queries.flatMap((query) => edge(query.datasource, query.at, `Panel "${panel.title}"`)),
    ),
    ...board.variables.flatMap((variable) =>
      variable.datasource === undefined ? [] : edge(variable.datasource, variable.at, `Variable "${variable.name}"`),
    ),
  ]);
  return [offers, [...alerting, ...expectations]];
}
