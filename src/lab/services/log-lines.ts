import type { LabAddress } from '../../model/lab.ts';
import { eventually } from '../eventually.ts';
import type { SeenLine } from '../log-lines/tally.ts';
import type { GrafanaDoor } from './grafana.ts';
import { ask, at, list } from './http.ts';

/** The tenant somebody asks or pushes as; unset where Loki has none (https://grafana.com/docs/loki/v2.9.x/operations/multi-tenancy/). */
export interface LokiDoor {
  readonly base: string;
  readonly tenant?: string;
}

/**
 * How far from now lines are looked for, in milliseconds: near, and where there is none, a day, for a pipeline may read a
 * time of its own. Loki 2.9 cuts two days into some hundred parts, and a tenant may have a hundred waiting
 * (https://grafana.com/docs/loki/v2.9.x/configure/, `max_outstanding_per_tenant`). Zones differ by quarters of an hour, so
 * 50 minutes cut no lines of one zone in two.
 */
const reaches = [50 * 60_000, 24 * 3_600_000];

async function nearestLines(within: (from: number, to: number) => Promise<SeenLine[]>): Promise<SeenLine[]> {
  for (const reach of reaches) {
    const lines = await within(Date.now() - reach, Date.now() + reach);
    if (lines.length > 0) return lines;
  }
  return [];
}

/** The lines a query selects, of around now. @throws Error where Loki refuses, or is too busy for 30 s. */
export function selectedLines(lab: LabAddress, door: LokiDoor, query: string): Promise<SeenLine[]> {
  return nearestLines(async (from, to) => {
    const parameters = new URLSearchParams({
      ...{ query, limit: '1000', direction: 'forward' },
      ...{ start: `${from}000000`, end: `${to}000000` },
    });
    const url = `${door.base}/loki/api/v1/query_range?${parameters}`;
    const answer = await eventually('Loki has time for a query', async () => {
      const given = await ask(lab, url, { headers: tenantOf(door) });
      return given.status === 429
        ? { done: false, seen: given.text.trim().slice(0, 200) }
        : { done: true, value: given };
    });
    if (answer.status !== 200) throw new Error(`Loki answers ${answer.status}: ${answer.text.trim().slice(0, 200)}`);
    return list(at(answer.json, 'data', 'result')).flatMap((stream) =>
      list(at(stream, 'values')).map((entry) => ({ ns: BigInt(String(at(entry, 0))), line: String(at(entry, 1)) })),
    );
  });
}

/** The names of the labels of all streams (https://grafana.com/docs/loki/v2.9.x/reference/api/#list-labels-within-a-range-of-time). */
export async function labelNames(lab: LabAddress, door: LokiDoor): Promise<string[]> {
  const answer = await ask(lab, `${door.base}/loki/api/v1/labels`, { headers: tenantOf(door) });
  if (answer.status !== 200) throw new Error(`Loki answers ${answer.status}: ${answer.text.trim().slice(0, 200)}`);
  return list(at(answer.json, 'data')).map(String);
}

/** Pushes lines of one stream to Loki itself (https://grafana.com/docs/loki/v2.9.x/reference/api/#push-log-entries-to-loki). */
export async function pushLines(
  lab: LabAddress,
  door: LokiDoor,
  stream: Readonly<Record<string, string>>,
  lines: readonly string[],
): Promise<void> {
  const now = BigInt(Date.now()) * 1_000_000n;
  const values = lines.map((line, index) => [String(now + BigInt(index)), line]);
  const body = { streams: [{ stream, values }] };
  const answer = await ask(lab, `${door.base}/loki/api/v1/push`, { method: 'POST', body, headers: tenantOf(door) });
  if (answer.status !== 204)
    throw new Error(`Loki refuses lines (${answer.status}): ${answer.text.trim().slice(0, 200)}`);
}

function tenantOf({ tenant }: LokiDoor): Record<string, string> {
  return tenant === undefined ? {} : { 'x-scope-orgid': tenant };
}

/**
 * The log lines a datasource of type Loki selects, of around now, as a panel would ask for them: one frame, with the time
 * of each line to the nanosecond in `tsNs` (pkg/tsdb/loki/frame.go of Grafana 10.2).
 * @throws Error with Grafana's own words where the query fails.
 */
export function linesThrough(lab: LabAddress, door: GrafanaDoor, uid: string, expr: string): Promise<SeenLine[]> {
  const query = {
    ...{ refId: 'A', datasource: { uid, type: 'loki' }, expr, queryType: 'range', maxLines: 1000 },
    ...{ intervalMs: 15_000, maxDataPoints: 1000 },
  };
  return nearestLines(async (from, to) => {
    const body = { from: String(from), to: String(to), queries: [query] };
    const answer = await ask(lab, `${door.base}/api/ds/query`, { method: 'POST', body, user: door.user });
    const error = at(answer.json, 'results', 'A', 'error') ?? (answer.status === 200 ? undefined : answer.text);
    if (error !== undefined) throw new Error(`Grafana answers ${answer.status}: ${String(error).slice(0, 300)}`);
    return list(at(answer.json, 'results', 'A', 'frames')).flatMap((frame) => {
      const names = list(at(frame, 'schema', 'fields')).map((field) => at(field, 'name'));
      const column = (name: string): unknown[] => list(at(frame, 'data', 'values', names.indexOf(name)));
      const lines = column('Line');
      return column('tsNs').map((ns, index) => ({ ns: BigInt(String(ns)), line: String(lines[index]) }));
    });
  });
}
