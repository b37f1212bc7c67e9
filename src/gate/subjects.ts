import { type Dashboard, datasourceOf, type GrafanaConfig, type Panel, type PanelQuery } from '../model/grafana.ts';
import { type AlertRule, alertRules, type PrometheusConfig, type ScrapeJob } from '../model/prometheus.ts';
import { type Service, type Stack, serviceByHost } from '../model/stack.ts';
import { type Claim, claimOf } from '../model/verdict.ts';

/** A claim of the boot suite about one service. */
export interface BootSubject {
  readonly claim: Claim;
  readonly service: Service;
  readonly about: 'runs' | 'limits and security' | 'mounted files';
}

/** A claim about one scrape job of one Prometheus. */
export interface JobSubject {
  readonly claim: Claim;
  readonly service: string;
  readonly job: ScrapeJob;
}

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

/** A claim that one alert reaches exactly the receivers its routes name. */
export interface AlertSubject {
  readonly claim: Claim;
  readonly service: string;
  readonly alertmanager: string;
  readonly alert: AlertRule;
  readonly externalLabels: Readonly<Record<string, string>>;
}

/** What the boot suite claims: every service runs, as the compose file bounds it, with the files of the candidate. */
export function bootSubjects(stack: Stack): BootSubject[] {
  return stack.services.flatMap((service) => {
    const abouts: BootSubject['about'][] = ['runs', 'limits and security'];
    if (service.mounts.some((mount) => mount.repoPath !== undefined)) abouts.push('mounted files');
    return abouts.map((about) => ({ claim: claimOf('boot', `${service.name} ${about}`), service, about }));
  });
}

/** What the scrape suite claims: every configured job has a target that is up. */
export function jobSubjects(stack: Stack): JobSubject[] {
  return distinct(
    stack.prometheus.flatMap((config) =>
      config.scrapeJobs.map((job) => ({ claim: claimOf('scrape-targets', job.name), service: config.service, job })),
    ),
  );
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

/** What the routing suite claims: every alerting rule's message arrives where its routes say. */
export function alertSubjects(stack: Stack): AlertSubject[] {
  return distinct(
    stack.prometheus.flatMap((config) => {
      const alertmanager = alertmanagerOf(stack, config);
      if (alertmanager === undefined) return [];
      return alertRules(config).map((alert) => ({
        claim: claimOf('alert-routing', alert.name),
        service: config.service,
        alertmanager,
        alert,
        externalLabels: config.externalLabels,
      }));
    }),
  );
}

/** The Alertmanager a Prometheus is told of, else the first of the stack. */
function alertmanagerOf(stack: Stack, { alertmanagers }: PrometheusConfig): string | undefined {
  const told = alertmanagers.map(({ value }) => serviceByHost(stack, value.replace(/:\d+$/, ''))?.name);
  return (stack.alertmanager.find((one) => told.includes(one.service)) ?? stack.alertmanager[0])?.service;
}

/** The claim that no message came which no alert accounts for. */
export const nothingElse = claimOf('alert-routing', 'nothing else arrives');

/** Two subjects of one name are told apart by a number, in file order. */
function distinct<T extends { readonly claim: Claim }>(subjects: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return subjects.map((subject) => {
    const count = (seen.get(subject.claim.id) ?? 0) + 1;
    seen.set(subject.claim.id, count);
    return count === 1
      ? subject
      : { ...subject, claim: claimOf(subject.claim.suite, `${subject.claim.subject} (${count})`) };
  });
}
