import { baseUrl, eventually, instantQuery, rangeQuery } from '../../../src/index.ts';
import { lab, run, shutDoor } from '../run.ts';

let known: Promise<void> | undefined;

/** Waits, once for all cases, until every target is up and was scraped a few times, and the first lines are stored. */
export function warm(): Promise<void> {
  known ??= Promise.all([...run.stack.prometheus.map(({ service }) => scraped(service)), shipped()]).then(
    () => undefined,
  );
  return known;
}

/** A rate needs two samples. What stays down is for other cases to tell. */
async function scraped(service: string): Promise<void> {
  if (lab().services[service] === undefined || (await shutDoor(service)) !== undefined) return;
  const base = baseUrl(lab(), run.stack, service);
  await eventually(
    `"${service}" has scraped each of its targets three times`,
    async () => {
      const [all, young] = await Promise.all(
        ['up', 'sum_over_time(up[5m]) < 3 or up == 0'].map((expr) => instantQuery(lab(), base, expr)),
      );
      const [targets, waiting] = [all, young].map((answer) =>
        answer !== undefined && 'series' in answer ? answer.series : undefined,
      );
      return targets !== undefined && targets > 0 && waiting === 0
        ? { done: true, value: true }
        : { done: false, seen: `${waiting ?? 'unknown'} of ${targets ?? 'unknown'} targets are waited for` };
    },
    { within: 45_000 },
  ).catch(() => undefined);
}

async function shipped(): Promise<void> {
  const loki = run.stack.loki.find(({ service }) => lab().services[service] !== undefined);
  const shippers = run.stack.promtail.some(({ service }) => lab().services[service] !== undefined);
  if (loki === undefined || !shippers) return;
  const base = baseUrl(lab(), run.stack, loki.service);
  await eventually(
    'a first line is stored',
    async () => {
      const answer = await rangeQuery(lab(), base, '{job=~".+"}');
      return 'series' in answer && answer.series > 0
        ? { done: true, value: true }
        : { done: false, seen: 'error' in answer ? answer.error : 'no stream' };
    },
    { within: 20_000 },
  ).catch(() => undefined);
}
