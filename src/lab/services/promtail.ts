import type { LabAddress } from '../../model/lab.ts';
import { ask } from './http.ts';

/**
 * How many lines the pipelines of a Promtail have dropped on purpose: stages `drop`, `match`, `limit` and `sampling` count
 * them in `logentry_dropped_lines_total` (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/stages/drop/).
 * Undefined where it does not say.
 */
export async function droppedLines(lab: LabAddress, base: string): Promise<number | undefined> {
  try {
    const { status, text } = await ask(lab, `${base}/metrics`);
    if (status !== 200) return undefined;
    return [...text.matchAll(/^logentry_dropped_lines_total\S* (\S+)$/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
  } catch {
    return undefined;
  }
}
