import type { GrafanaConfig } from '../../model/grafana.ts';
import type { LabAddress } from '../../model/lab.ts';
import type { Executed, QueryAnswer } from './answer.ts';
import { ask, at, list, type Question } from './http.ts';

/** How to ask a Grafana of the lab. */
export interface GrafanaDoor {
  readonly base: string;
  readonly user: NonNullable<Question['user']>;
}

/** A dashboard as Grafana lists it. */
export interface ListedDashboard {
  readonly uid: string;
  readonly title: string;
}

/** A dashboard as Grafana serves it. */
export interface ServedDashboard {
  readonly title: string;
  /** The file it was provisioned from, relative to its provider's path; empty where it was not. */
  readonly externalId: string;
  /** `General` where it lies in none. */
  readonly folder: string;
  readonly folderUid: string;
}

/** The status with which a Grafana answers for its health; 200 says that its database is there. */
export async function grafanaHealth(lab: LabAddress, base: string): Promise<number> {
  return (await ask(lab, `${base}/api/health`)).status;
}

/** The dashboards `/api/search` lists (https://grafana.com/docs/grafana/v10.2/developers/http_api/folder_dashboard_search/). */
export async function listedDashboards(lab: LabAddress, door: GrafanaDoor): Promise<ListedDashboard[]> {
  const answer = await ask(lab, `${door.base}/api/search?type=dash-db&limit=5000`, { user: door.user });
  if (answer.status !== 200) throw new Error(`Grafana's search answers ${answer.status}: ${answer.text.slice(0, 200)}`);
  return list(answer.json).map((entry) => ({ uid: String(at(entry, 'uid')), title: String(at(entry, 'title')) }));
}

/** A dashboard by its uid; undefined where there is none (https://grafana.com/docs/grafana/v10.2/developers/http_api/dashboard/). */
export async function servedDashboard(
  lab: LabAddress,
  door: GrafanaDoor,
  uid: string,
): Promise<ServedDashboard | undefined> {
  const answer = await ask(lab, `${door.base}/api/dashboards/uid/${encodeURIComponent(uid)}`, { user: door.user });
  if (answer.status === 404) return undefined;
  if (answer.status !== 200)
    throw new Error(`Grafana answers ${answer.status} for dashboard "${uid}": ${answer.text.slice(0, 200)}`);
  return {
    title: String(at(answer.json, 'dashboard', 'title') ?? ''),
    externalId: String(at(answer.json, 'meta', 'provisionedExternalId') ?? ''),
    folder: String(at(answer.json, 'meta', 'folderTitle') || 'General'),
    folderUid: String(at(answer.json, 'meta', 'folderUid') ?? ''),
  };
}

/** Whether Grafana has a library panel (https://grafana.com/docs/grafana/v10.2/developers/http_api/library_element/). */
export async function libraryPanel(lab: LabAddress, door: GrafanaDoor, uid: string): Promise<boolean> {
  const answer = await ask(lab, `${door.base}/api/library-elements/${encodeURIComponent(uid)}`, { user: door.user });
  if (answer.status === 200 || answer.status === 404) return answer.status === 200;
  throw new Error(`Grafana answers ${answer.status} for library panel "${uid}": ${answer.text.slice(0, 200)}`);
}

/**
 * Whether a dashboard was provisioned from a file: Grafana names it by its path below the provider's folder, and by
 * nothing where it cannot tell.
 */
export function comesFrom(externalId: string, file: string): boolean {
  return externalId !== '' && (file === externalId || file.endsWith(`/${externalId}`));
}

/** One query as the browser sends it, its variables replaced; `from` and `to` in milliseconds. */
export interface PanelQuestion {
  readonly refId: string;
  readonly datasource: { readonly uid: string; readonly type: string };
  readonly model: Readonly<Record<string, unknown>>;
  readonly from: number;
  readonly to: number;
}

/**
 * Sends a query to `/api/ds/query`, together with those it is worked out from. A failed query is told by a status per
 * refId (10.x) or by HTTP 400 with an error per refId; some versions answer 200 with no frames, so the datasource must be
 * asked as well.
 */
export async function panelQuery(
  lab: LabAddress,
  door: GrafanaDoor,
  question: PanelQuestion,
  inputs: readonly Omit<PanelQuestion, 'from' | 'to'>[] = [],
): Promise<QueryAnswer> {
  const { refId, from, to } = question;
  const body = { from: String(from), to: String(to), queries: [...inputs, question].map(sent) };
  const answer = await ask(lab, `${door.base}/api/ds/query`, { method: 'POST', body, user: door.user });
  const error =
    at(answer.json, 'results', refId, 'error') ??
    (answer.status === 200 ? undefined : (at(answer.json, 'message') ?? answer.text.slice(0, 200)));
  if (error !== undefined) return { error: `status ${answer.status}: ${String(error)}` };
  const frames = list(at(answer.json, 'results', refId, 'frames'));
  const full = frames.filter((frame) => list(at(frame, 'data', 'values')).some((column) => list(column).length > 0));
  const [executed] = frames.flatMap((frame) => executedIn(at(frame, 'schema', 'meta', 'executedQueryString')));
  return { series: full.length, ...(executed === undefined ? {} : { executed }) };
}

function sent({ refId, datasource, model }: Omit<PanelQuestion, 'from' | 'to'>): Record<string, unknown> {
  // The browser fills in what kind of query it is where an older dashboard leaves that open; Loki's backend refuses ''.
  const instant = model['instant'] === true;
  const kind = datasource.type === 'loki' ? { queryType: model['queryType'] || (instant ? 'instant' : 'range') } : {};
  return { ...model, ...kind, refId, datasource, intervalMs: shortestStep * 1000, maxDataPoints: 300 };
}

/** The step, in seconds, that is asked for where neither query nor datasource has one of its own. */
export const shortestStep = 15;

/** Grafana says how it put the query to the datasource: `Expr: …`, and for Prometheus `Step: 1m0s` on a line of its own. */
function executedIn(text: unknown): Executed[] {
  const [, expr, step] = /^Expr: ([\s\S]*?)(?:\nStep: (\S+))?$/.exec(typeof text === 'string' ? text : '') ?? [];
  if (expr === undefined) return [];
  const seconds = step === undefined ? undefined : goSeconds(step);
  return [{ expr, ...(seconds === undefined ? {} : { step: seconds }) }];
}

/** `1h30m0s`, `15s`, `500ms` in seconds. */
function goSeconds(text: string): number | undefined {
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  const parts = [...text.matchAll(/([\d.]+)(ms|h|m|s)/g)];
  if (parts.map(([part]) => part).join('') !== text) return undefined;
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0);
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
