import {
  type Dashboard,
  type DatasourceRef,
  datasourceOf,
  type GrafanaConfig,
  type Panel,
} from '../../../model/grafana.ts';
import type { Located, Place } from '../../../model/location.ts';
import type { PrometheusConfig } from '../../../model/prometheus.ts';
import type { Repository } from '../../../model/repository.ts';
import type { Stack } from '../../../model/stack.ts';
import { parsableForms } from '../../../query/macros.ts';
import { parsePromql } from '../../../query/promql.ts';
import type { Expr, Span } from '../../../query/promql-tree.ts';
import { variableQuery } from '../../../query/variable-query.ts';
import { splitAddress } from '../../../read/prometheus/scrape.ts';
import { listAt, optional, textValue, valueAt } from '../../../read/values.ts';
import { type Reading, readExpression } from './read-expression.ts';
import { variableMark } from './sample.ts';
import { type Server, serverOf } from './server.ts';

/** One expression that a server answers, and whose it is. */
export interface Site {
  readonly kind: 'alert' | 'record' | 'panel' | 'variable' | 'annotation' | 'managed';
  readonly name: string;
  readonly expr: Expr;
  /** Every node of it, parents first. */
  readonly nodes: readonly Expr[];
  readonly server: Server;
  readonly reading: Reading;
  /** Of a variable: the label whose values it lists. */
  readonly label?: string;
  /** The place of a part of the expression, or of all of it where it is not as written. */
  readonly place: (span?: Span) => Place;
}

type Answering = (ref: DatasourceRef | undefined) => Server | undefined;

const ofServers = new WeakMap<PrometheusConfig, Site[]>();
const ofDashboards = new WeakMap<Dashboard, Site[]>();

/** The rules of a server that it can parse. */
export function ruleSites(repository: Repository, stack: Stack, config: PrometheusConfig): readonly Site[] {
  const known = ofServers.get(config);
  if (known !== undefined) return known;
  const server = serverOf(repository, stack, config);
  const sites = config.ruleGroups.flatMap((group) =>
    group.rules.flatMap(({ kind, name, expr }) => {
      const { tree, nodes } = parsePromql(expr.value);
      return tree === undefined ? [] : [siteOf(kind, name, expr, tree, nodes, server, true)];
    }),
  );
  ofServers.set(config, sites);
  return sites;
}

/** The queries of a dashboard that a Prometheus of the stack answers. */
export function dashboardSites(
  repository: Repository,
  stack: Stack,
  grafana: GrafanaConfig,
  dashboard: Dashboard,
): readonly Site[] {
  const known = ofDashboards.get(dashboard);
  if (known !== undefined) return known;
  const answering: Answering = (ref) => answeringServer(repository, stack, grafana, dashboard, ref);
  const panels = dashboard.panels.flatMap((panel) => panelSites(panel, answering));
  const sites = [...panels, ...annotationSites(dashboard, answering), ...variableSites(dashboard, answering)];
  ofDashboards.set(dashboard, sites);
  return sites;
}

function panelSites(panel: Panel, answering: Answering): Site[] {
  return panel.queries.flatMap(({ expr, hidden, datasource }) => {
    if (expr === undefined || hidden) return [];
    const server = answering(datasource);
    return server === undefined ? [] : filledSite('panel', panel.title, expr, server);
  });
}

function annotationSites({ file, value }: Dashboard, answering: Answering): Site[] {
  return listAt(value, 'annotations', 'list').flatMap((entry, index) => {
    const text = textValue(entry, 'expr');
    const uid = textValue(entry, 'datasource', 'uid') ?? textValue(entry, 'datasource');
    if (text === undefined || text === '' || uid === undefined || valueAt(entry, 'enable') === false) return [];
    const pointer = ['annotations', 'list', index];
    const type = textValue(entry, 'datasource', 'type');
    const server = answering({ uid, ...(type === undefined ? {} : { type }), at: { file, pointer } });
    const expr = { value: text, at: { file, pointer: [...pointer, 'expr'] } };
    return server === undefined ? [] : filledSite('annotation', textValue(entry, 'name') ?? '', expr, server);
  });
}

function variableSites({ variables }: Dashboard, answering: Answering): Site[] {
  return variables.flatMap(({ type, name, query, datasource, value, at }) => {
    const asked = type !== 'query' || query === undefined ? undefined : variableQuery(query);
    const server = asked?.expr === undefined ? undefined : answering(datasource);
    if (asked?.expr === undefined || server === undefined) return [];
    const route = typeof valueAt(value, 'query') === 'string' ? ['query'] : ['query', 'query'];
    const place = { ...at, pointer: [...(at.pointer ?? []), ...route] };
    return filledSite('variable', name, { value: asked.expr, at: place }, server).map((site) => ({
      ...site,
      place: (): Place => place,
      ...optional('label', asked.label),
    }));
  });
}

/** The queries of Grafana-managed alerts that a Prometheus of the stack answers. */
export function managedSites(repository: Repository, stack: Stack, grafana: GrafanaConfig): readonly Site[] {
  const files = (grafana.provisioned ?? []).filter(({ kind }) => kind === 'alerting');
  return files.flatMap(({ file, value }) =>
    listAt(value, 'groups').flatMap((group, outer) =>
      listAt(group, 'rules').flatMap((rule, middle) =>
        listAt(rule, 'data').flatMap((query, inner) => {
          const uid = textValue(query, 'datasourceUid');
          const text = textValue(query, 'model', 'expr');
          const source = grafana.datasources.find((one) => one.uid === uid);
          const config = configBehind(stack, source?.type, source?.url?.value);
          if (text === undefined || config === undefined) return [];
          const pointer = ['groups', outer, 'rules', middle, 'data', inner, 'model', 'expr'];
          const expr = { value: text, at: { file, pointer } };
          return filledSite('managed', textValue(rule, 'title') ?? '', expr, serverOf(repository, stack, config));
        }),
      ),
    ),
  );
}

/** A query with its macros and variables filled in; none where no filling parses. */
function filledSite(kind: Site['kind'], name: string, expr: Located<string>, server: Server): Site[] {
  const [form] = parsableForms(expr.value, [variableMark]) ?? [];
  const parsed = form === undefined ? undefined : parsePromql(form);
  if (parsed?.tree === undefined) return [];
  return [siteOf(kind, name, expr, parsed.tree, parsed.nodes, server, form === expr.value)];
}

function siteOf(
  kind: Site['kind'],
  name: string,
  { at }: Located<string>,
  expr: Expr,
  nodes: readonly Expr[],
  server: Server,
  asWritten: boolean,
): Site {
  const place = (span?: Span): Place => (span === undefined || !asWritten ? at : { ...at, span });
  return { kind, name, expr, nodes, server, reading: readExpression(server, expr), place };
}

/** The server behind a datasource, where it is one of the stack. */
function answeringServer(
  repository: Repository,
  stack: Stack,
  grafana: GrafanaConfig,
  dashboard: Dashboard,
  ref: DatasourceRef | undefined,
): Server | undefined {
  const variable = /^\$\{?(\w+)/.exec(ref?.uid ?? ref?.name ?? '')?.[1];
  const type = variable === undefined ? undefined : typeOfVariable(dashboard, variable, ref);
  const sources =
    variable === undefined
      ? [datasourceOf(grafana, ref)]
      : grafana.datasources.filter((source) => source.type === type);
  const configs = new Set(sources.map((source) => configBehind(stack, source?.type, source?.url?.value)));
  const [config] = configs;
  return configs.size !== 1 || config === undefined ? undefined : serverOf(repository, stack, config);
}

function typeOfVariable(dashboard: Dashboard, name: string, ref: DatasourceRef | undefined): string | undefined {
  return dashboard.variables.find((one) => one.name === name && one.type === 'datasource')?.query ?? ref?.type;
}

function configBehind(stack: Stack, type: string | undefined, url: string | undefined): PrometheusConfig | undefined {
  if (type !== 'prometheus' || url === undefined) return undefined;
  const { host } = splitAddress(url, 'http');
  return stack.prometheus.find(({ service }) => {
    const found = stack.services.find((one) => one.name === service);
    return service === host || found?.containerName?.value === host || found?.definition['hostname'] === host;
  });
}
