import { parseDocument } from 'yaml';
import type { LabAddress } from '../../model/lab.ts';
import type { Service } from '../../model/stack.ts';
import { flagOf } from './address.ts';
import { signalMain } from './containers.ts';
import { ask, at, list } from './http.ts';

/** The configuration a service runs with, and whether the last one it was given was accepted. */
export interface Loaded {
  readonly text: string;
  readonly accepted: boolean;
}

/** What a Prometheus or an Alertmanager has loaded (https://prometheus.io/docs/prometheus/2.47/querying/api/#config, Alertmanager API v2). */
export async function loadedConfig(
  lab: LabAddress,
  base: string,
  product: 'prometheus' | 'alertmanager',
): Promise<Loaded> {
  const path = product === 'prometheus' ? '/api/v1/status/config' : '/api/v2/status';
  const status = await ask(lab, `${base}${path}`);
  const text = product === 'prometheus' ? at(status.json, 'data', 'yaml') : at(status.json, 'config', 'original');
  const metrics = await ask(lab, `${base}/metrics`);
  const value = new RegExp(`^${product}_config_last_reload_successful (\\S+)$`, 'm').exec(metrics.text)?.[1];
  if (typeof text !== 'string' || value === undefined)
    throw new Error(`"${base}" does not say what it has loaded (status ${status.status}, metrics ${metrics.status})`);
  return { text, accepted: Number(value) === 1 };
}

/**
 * Has a service read its configuration again: Alertmanager, and a Prometheus with `--web.enable-lifecycle`, by
 * `POST /-/reload`; any other Prometheus by SIGHUP to its container's main process
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/). What came of it shows in `loadedConfig`.
 */
export async function askToReload(lab: LabAddress, base: string, service: Service): Promise<void> {
  const switched = flagOf(service, 'web.enable-lifecycle');
  const flagged = service.command.some(({ value }) => /^--?web\.enable-lifecycle$/.test(value)) || switched === 'true';
  if (service.product === 'alertmanager' || flagged) await ask(lab, `${base}/-/reload`, { method: 'POST' });
  else await signalMain(lab, service.name, 'SIGHUP');
}

/** When the rules of a Prometheus were last evaluated, in milliseconds since 1970; undefined where it has none. */
export async function lastEvaluation(lab: LabAddress, base: string): Promise<number | undefined> {
  const answer = await ask(lab, `${base}/api/v1/rules`);
  const groups = list(at(answer.json, 'data', 'groups'));
  if (groups.length === 0) return undefined;
  return Math.max(...groups.map((group) => Date.parse(String(at(group, 'lastEvaluation'))) || 0));
}

/** The names of the rules a Prometheus has loaded. */
export async function ruleNames(lab: LabAddress, base: string): Promise<string[]> {
  const answer = await ask(lab, `${base}/api/v1/rules`);
  const groups = list(at(answer.json, 'data', 'groups'));
  return groups.flatMap((group) => list(at(group, 'rules')).map((rule) => String(at(rule, 'name'))));
}

/** Has Grafana read dashboards or datasources again; gives the status (https://grafana.com/docs/grafana/v10.2/developers/http_api/admin/#reload-provisioning-configurations). */
export async function reloadProvisioning(
  lab: LabAddress,
  door: { readonly base: string; readonly user: { readonly name: string; readonly password: string } },
  kind: 'dashboards' | 'datasources',
): Promise<number> {
  const url = `${door.base}/api/admin/provisioning/${kind}/reload`;
  return (await ask(lab, url, { method: 'POST', user: door.user })).status;
}

/**
 * The names of the data sources a Grafana has, in order
 * (https://grafana.com/docs/grafana/v10.2/developers/http_api/data_source/#get-all-data-sources).
 * @throws Error where it does not tell
 */
export async function sourceNames(
  lab: LabAddress,
  door: { readonly base: string; readonly user: { readonly name: string; readonly password: string } },
): Promise<string[]> {
  const answer = await ask(lab, `${door.base}/api/datasources`, { user: door.user });
  if (answer.status !== 200) throw new Error(`Grafana answers ${answer.status} when it is asked for its data sources`);
  return list(answer.json)
    .map((source) => String(at(source, 'name')))
    .sort();
}

/** A YAML text with one more item at the end of a list. @throws Error where the text does not parse. */
export function withItem(source: string, key: string, item: unknown): string {
  const document = parseDocument(source, { logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem !== undefined) throw problem;
  const held = document.get(key);
  if (held === undefined || held === null) document.set(key, document.createNode([item]));
  else document.addIn([key], document.createNode(item));
  return document.toString({ lineWidth: 0 });
}
