import type { LabAddress } from '../../model/lab.ts';
import type { Refused } from './answer.ts';
import type { GrafanaDoor } from './grafana.ts';
import { type Answer, ask, at } from './http.ts';

/** A Prometheus or Loki of the lab as a Grafana of the lab knows it. */
export interface LabSource {
  readonly type: 'prometheus' | 'loki';
  readonly uid: string;
  readonly name: string;
  /** The address of the service itself. */
  readonly base: string;
  readonly door: GrafanaDoor;
}

/** The two ways to a datasource: as the browser goes, and without Grafana. */
export type Way = 'grafana' | 'direct';

/**
 * Asks the API of a datasource for what its editors ask: names, values, series, and the query of `query_result()`
 * (https://grafana.com/docs/grafana/v10.2/developers/http_api/data_source/).
 * @param path below `/api/v1/` or `/loki/api/v1/`
 */
export async function askSource(
  lab: LabAddress,
  source: LabSource,
  way: Way,
  path: string,
  query: readonly (readonly [string, string])[],
): Promise<{ data: unknown } | Refused> {
  const { door } = source;
  const parameters = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
  const address = way === 'direct' ? directAddress(source, path) : throughGrafana(source, path);
  const user = way === 'direct' ? {} : { user: door.user };
  const answer = await ask(lab, `${address}${parameters === '' ? '' : `?${parameters}`}`, user);
  if (answer.status === 200 && at(answer.json, 'status') === 'success') return { data: at(answer.json, 'data') ?? [] };
  return {
    error: `status ${answer.status}: ${messageOf(answer)}`,
    lasting: answer.status === 400 || answer.status === 422,
  };
}

function directAddress({ type, base }: LabSource, path: string): string {
  return `${base}${type === 'loki' ? '/loki' : ''}/api/v1/${path}`;
}

/** Grafana's plugin for Prometheus hands on whole paths, that for Loki what stands below its API; a query is proxied. */
function throughGrafana({ type, uid, door }: LabSource, path: string): string {
  const id = encodeURIComponent(uid);
  if (type === 'prometheus' && path === 'query') return `${door.base}/api/datasources/proxy/uid/${id}/api/v1/query`;
  return `${door.base}/api/datasources/uid/${id}/resources/${type === 'loki' ? '' : 'api/v1/'}${path}`;
}

function messageOf({ json, text }: Answer): string {
  return String(at(json, 'error') ?? at(json, 'message') ?? text.trim().slice(0, 300));
}
