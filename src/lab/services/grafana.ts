import type { GrafanaConfig } from '../../model/grafana.ts';
import type { LabAddress } from '../../model/lab.ts';
import type { QueryAnswer } from './answer.ts';
import { ask, at, list, type Question } from './http.ts';

/** How to ask a Grafana of the lab. */
export interface GrafanaDoor {
  readonly base: string;
  readonly user: NonNullable<Question['user']>;
}

/** A dashboard as Grafana serves it. */
export interface ServedDashboard {
  readonly uid: string;
  readonly title: string;
}

/** The status with which a Grafana answers for its health; 200 says that its database is there. */
export async function grafanaHealth(lab: LabAddress, base: string): Promise<number> {
  return (await ask(lab, `${base}/api/health`)).status;
}

/** The dashboards `/api/search` lists (https://grafana.com/docs/grafana/v10.2/developers/http_api/folder_dashboard_search/). */
export async function servedDashboards(lab: LabAddress, door: GrafanaDoor): Promise<ServedDashboard[]> {
  const answer = await ask(lab, `${door.base}/api/search?type=dash-db&limit=5000`, { user: door.user });
  if (answer.status !== 200) throw new Error(`Grafana's search answers ${answer.status}: ${answer.text.slice(0, 200)}`);
  return list(answer.json).map((entry) => ({ uid: String(at(entry, 'uid')), title: String(at(entry, 'title')) }));
}

/** The file a served dashboard was provisioned from, relative to its provider's path, and its title. */
export async function servedDashboard(
  lab: LabAddress,
  door: GrafanaDoor,
  uid: string,
): Promise<{ externalId: string; title: string } | undefined> {
  const answer = await ask(lab, `${door.base}/api/dashboards/uid/${encodeURIComponent(uid)}`, { user: door.user });
  if (answer.status === 404) return undefined;
  if (answer.status !== 200)
    throw new Error(`Grafana answers ${answer.status} for dashboard "${uid}": ${answer.text.slice(0, 200)}`);
  return {
    externalId: String(at(answer.json, 'meta', 'provisionedExternalId') ?? ''),
    title: String(at(answer.json, 'dashboard', 'title') ?? ''),
  };
}

/**
 * Whether a dashboard was provisioned from a file: Grafana names it by its path below the provider's folder, and by
 * nothing where it cannot tell.
 */
export function comesFrom(externalId: string, file: string): boolean {
  return externalId !== '' && (file === externalId || file.endsWith(`/${externalId}`));
}

/** One query as a panel sends it; `model` is the panel's target. */
export interface PanelQuestion {
  readonly refId: string;
  readonly datasource: { readonly uid: string; readonly type: string };
  readonly expr: string;
  readonly instant: boolean;
  readonly model: Readonly<Record<string, unknown>>;
}

/**
 * Sends a panel's query to `/api/ds/query` for the last hour. A failed query is told by a status per refId (10.x) or by
 * HTTP 400 with an error per refId; some versions answer 200 with no frames, so the datasource must be asked as well.
 */
export async function panelQuery(lab: LabAddress, door: GrafanaDoor, question: PanelQuestion): Promise<QueryAnswer> {
  const { refId, datasource, expr, instant, model } = question;
  const now = Date.now();
  // The browser fills in what kind of query it is where an older dashboard leaves that open; Loki's backend refuses ''.
  const kind = datasource.type === 'loki' ? { queryType: model['queryType'] || (instant ? 'instant' : 'range') } : {};
  const sizes = { intervalMs: 15_000, maxDataPoints: 100 };
  const query = { ...model, ...kind, refId, datasource, expr, instant, range: !instant, ...sizes };
  const body = { from: String(now - 3_600_000), to: String(now), queries: [query] };
  const answer = await ask(lab, `${door.base}/api/ds/query`, { method: 'POST', body, user: door.user });
  const error =
    at(answer.json, 'results', refId, 'error') ??
    (answer.status === 200 ? undefined : (at(answer.json, 'message') ?? answer.text.slice(0, 200)));
  if (error !== undefined) return { error: `status ${answer.status}: ${String(error)}` };
  const frames = list(at(answer.json, 'results', refId, 'frames'));
  return {
    series: frames.filter((frame) => list(at(frame, 'data', 'values')).some((column) => list(column).length > 0))
      .length,
  };
}

/**
 * The administrator of a Grafana as its settings make it: `GF_` variables win over grafana.ini, `…__FILE` names a file
 * with the value, and `${VAR}`, `$__env{VAR}` and `$__file{PATH}` are expanded
 * (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/).
 * @param environment of the running container
 * @param readMounted text of a file as the container sees it
 */
export function adminOf(
  config: GrafanaConfig,
  environment: Readonly<Record<string, string>>,
  readMounted: (path: string) => string | undefined,
): NonNullable<Question['user']> {
  const expand = (value: string): string =>
    value
      .replace(/\$__file\{([^}]*)\}/g, (_, path: string) => readMounted(path.trim())?.trim() ?? '')
      .replace(/\$(?:__env)?\{([^}]*)\}/g, (_, name: string) => environment[name] ?? '');
  const of = (key: 'admin_user' | 'admin_password'): string | undefined => {
    const variable = `GF_SECURITY_${key.toUpperCase()}`;
    const file = environment[`${variable}__FILE`];
    // A variable that is empty overrides nothing.
    const given = environment[variable] || (file === undefined ? undefined : readMounted(file)?.trim());
    const written = config.settings.get(`security.${key}`)?.value;
    return given ?? (written === undefined ? undefined : expand(written));
  };
  return { name: of('admin_user') ?? 'admin', password: of('admin_password') ?? 'admin' };
}
