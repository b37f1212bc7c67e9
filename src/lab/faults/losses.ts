import type { LabAddress } from '../../model/lab.ts';
import { type Service, type Stack, serviceByHost } from '../../model/stack.ts';
import { baseUrl } from '../services/address.ts';
import { ask, at, list } from '../services/http.ts';

/** The sum of a counter over all its series in a text of `/metrics`; undefined where it has none. */
export function counterIn(exposition: string, name: string): number | undefined {
  const values = exposition
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .map((line) =>
      Number(
        line
          .slice(line.lastIndexOf('}') + 1)
          .trim()
          .split(/\s+/)
          .at(line.includes('}') ? 0 : 1),
      ),
    );
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}

/** What a product counts as lost while another is away: who counts it, under which name, and what it is. */
const counters = {
  loki: { counts: 'promtail', name: 'promtail_dropped_entries_total', what: 'log lines that Promtail gave up' },
  alertmanager: {
    counts: 'prometheus',
    name: 'prometheus_notifications_dropped_total',
    what: 'alerts that Prometheus gave up',
  },
} as const;

/** A count of what is lost: begun before a fault, asked after it. */
export type LossCount = () => Promise<string[]>;

/** Starts to count what a fault of a service costs; what is counted is told, not judged. */
export async function countLosses(lab: LabAddress, stack: Stack, service: Service): Promise<LossCount> {
  const start = Date.now();
  const lost = lossOf(service);
  const before = lost === undefined ? undefined : await countAt(lab, stack, lost.counts, lost.name);
  return async () => {
    const seconds = Math.ceil((Date.now() - start) / 1_000);
    const after = lost === undefined ? undefined : await countAt(lab, stack, lost.counts, lost.name);
    const missed = await missedScrapes(lab, stack, service, seconds);
    return [
      ...(lost === undefined || before === undefined || after === undefined ? [] : [`${after - before} ${lost.what}`]),
      ...(missed === undefined ? [] : [`${missed.failed} of ${missed.all} scrapes of it in ${seconds} s`]),
    ];
  };
}

function lossOf({ product }: Service): (typeof counters)[keyof typeof counters] | undefined {
  return product === 'loki' || product === 'alertmanager' ? counters[product] : undefined;
}

async function countAt(lab: LabAddress, stack: Stack, product: string, name: string): Promise<number | undefined> {
  const counting = stack.services.find((one) => one.product === product && lab.services[one.name] !== undefined);
  if (counting === undefined) return undefined;
  const { text } = await ask(lab, `${baseUrl(lab, stack, counting.name)}/metrics`);
  return counterIn(text, name);
}

/** How many scrapes of a service failed in the last seconds, as a Prometheus of the stack that scrapes it has kept. */
async function missedScrapes(
  lab: LabAddress,
  stack: Stack,
  service: Service,
  seconds: number,
): Promise<{ failed: number; all: number } | undefined> {
  for (const { service: name } of stack.prometheus) {
    if (name === service.name || lab.services[name] === undefined) continue;
    const base = baseUrl(lab, stack, name);
    const { json } = await ask(lab, `${base}/api/v1/targets?state=active`);
    const target = list(at(json, 'data', 'activeTargets')).find(
      (one) => serviceByHost(stack, hostOf(String(at(one, 'scrapeUrl')))) === service,
    );
    if (target === undefined) continue;
    const labels = `{job=${quoted(at(target, 'labels', 'job'))},instance=${quoted(at(target, 'labels', 'instance'))}}`;
    const numbers = await Promise.all(
      ['sum_over_time', 'count_over_time'].map((over) => scalarAt(lab, base, `${over}(up${labels}[${seconds}s])`)),
    );
    const [up, all] = numbers;
    if (up !== undefined && all !== undefined) return { failed: all - up, all };
  }
  return undefined;
}

async function scalarAt(lab: LabAddress, base: string, expr: string): Promise<number | undefined> {
  const { json } = await ask(lab, `${base}/api/v1/query`, { method: 'POST', form: { query: expr } });
  const value = at(json, 'data', 'result', 0, 'value', 1);
  return value === undefined ? undefined : Number(value);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function quoted(label: unknown): string {
  return JSON.stringify(String(label ?? ''));
}
