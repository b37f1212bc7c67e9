import type { LabAddress } from '../../model/lab.ts';
import type { QueryAnswer } from './answer.ts';
import { ask, at, list } from './http.ts';
import type { Stretch } from './prometheus.ts';

/**
 * Runs a range query at Loki itself, over the last hour where nothing else is said
 * (https://grafana.com/docs/loki/v2.9.x/reference/api/#query-loki-over-a-range-of-time).
 */
export async function rangeQuery(lab: LabAddress, base: string, expr: string, over?: Stretch): Promise<QueryAnswer> {
  const within: Record<string, string> =
    over === undefined ? {} : { start: nanoseconds(over.start), end: nanoseconds(over.end), step: `${over.step}s` };
  return answered(lab, `${base}/loki/api/v1/query_range`, { limit: '10', query: expr, ...within });
}

/** Runs an instant query at Loki itself; only a query that yields numbers has an answer. */
export async function lokiInstantQuery(lab: LabAddress, base: string, expr: string): Promise<QueryAnswer> {
  return answered(lab, `${base}/loki/api/v1/query`, { query: expr });
}

async function answered(lab: LabAddress, url: string, query: Readonly<Record<string, string>>): Promise<QueryAnswer> {
  const answer = await ask(lab, `${url}?${new URLSearchParams(query).toString()}`);
  if (at(answer.json, 'status') === 'success') return { series: list(at(answer.json, 'data', 'result')).length };
  return { error: `status ${answer.status}: ${answer.text.trim().slice(0, 300)}`, lasting: answer.status === 400 };
}

function nanoseconds(seconds: number): string {
  return `${Math.round(seconds * 1000)}000000`;
}
