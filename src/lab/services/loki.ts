import type { LabAddress } from '../../model/lab.ts';
import type { QueryAnswer } from './answer.ts';
import { ask, at, list } from './http.ts';

/** Runs a range query over the last hour at Loki itself (https://grafana.com/docs/loki/v2.9.x/reference/api/#query-loki-over-a-range-of-time). */
export async function rangeQuery(lab: LabAddress, base: string, expr: string): Promise<QueryAnswer> {
  const answer = await ask(lab, `${base}/loki/api/v1/query_range?limit=10&query=${encodeURIComponent(expr)}`);
  if (at(answer.json, 'status') === 'success') return { series: list(at(answer.json, 'data', 'result')).length };
  return { error: `status ${answer.status}: ${answer.text.trim().slice(0, 300)}`, lasting: answer.status === 400 };
}
