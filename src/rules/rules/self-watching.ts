import type { FindingDraft } from '../../model/finding.ts';
import type { AlertRule, PrometheusConfig } from '../../model/prometheus.ts';
import { alertRules } from '../../model/prometheus.ts';
import { type Service, type Stack, serviceByHost } from '../../model/stack.ts';
import { treeOf } from '../../query/promql.ts';
import { bare, type Expr, type VectorSelector } from '../../query/promql-tree.ts';
import { matchesWhole } from '../../query/re2.ts';
import { flagValue } from '../../read/flags.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { defineRule } from '../define-rule.ts';

/**
 * Who is down evaluates nothing and sends nothing
 * (https://prometheus.io/docs/practices/alerting/#metamonitoring).
 */
export const selfWatching = defineRule({
  id: 'rules/self-watching',
  severity: 'warning',
  over: 'prometheus',
  claim: 'No alert on a process that is down needs that process to be heard.',
  check: (config, { stack }) => {
    const own = jobsOf(config, (host, port) => isServer(stack, config, host, port));
    const addresses = config.alertmanagers.map(({ value }) => splitAddress(value, 'http'));
    const [only] = addresses;
    const alone = addresses.length === 1 && only !== undefined ? only : undefined;
    const sender = alone && jobsOf(config, (host, port) => port === alone.port && sameHost(stack, host, alone.host));
    return alertRules(config).flatMap((rule): FindingDraft[] => {
      const selector = watched(rule);
      if (selector === undefined) return [];
      const jobs = config.scrapeJobs.map(({ name }) => name).filter((name) => takes(selector, name));
      if (jobs.length === 0) return [];
      const who = jobs.every((name) => own.has(name))
        ? 'the Prometheus that evaluates it, which evaluates nothing while it is down'
        : sender !== undefined && jobs.every((name) => sender.has(name))
          ? 'the only Alertmanager it could be sent to, which sends nothing while it is down'
          : undefined;
      if (who === undefined) return [];
      return [
        {
          at: { ...rule.expr.at, span: selector.span },
          message: `Alert "${rule.name}" watches ${who}, so nobody hears of it`,
          hint: "Have it watched from outside, by a dead man's switch or by another server",
          facts: { alert: rule.name, jobs },
        },
      ];
    });
  },
});

/** The selector of `up … == 0`, `up … < 1` and `absent(up …)`. */
function watched(rule: AlertRule): VectorSelector | undefined {
  if (!rule.expr.value.includes('up')) return undefined;
  const tree = treeOf(rule.expr.value);
  const node = tree && bare(tree);
  const down =
    node?.kind === 'binary' &&
    !node.bool &&
    ((node.op === '==' && isNumber(node.right, 0)) || (node.op === '<' && isNumber(node.right, 1)));
  const inner = down ? bare(node.left) : node?.kind === 'call' && node.name === 'absent' ? node.args[0] : undefined;
  return inner?.kind === 'selector' && inner.metric === 'up' && inner.matchers.some(({ label }) => label === 'job')
    ? inner
    : undefined;
}

function isNumber(expr: Expr, value: number): boolean {
  const node = bare(expr);
  return node.kind === 'number' && node.value === value;
}

function takes({ matchers }: VectorSelector, job: string): boolean {
  return matchers
    .filter(({ label }) => label === 'job')
    .every(({ op, value }) => (op.endsWith('~') ? matchesWhole(value, job) : value === job) !== op.startsWith('!'));
}

/** The jobs all of whose targets are one process. */
function jobsOf({ scrapeJobs }: PrometheusConfig, is: (host: string, port: number) => boolean): ReadonlySet<string> {
  const found = scrapeJobs.filter(
    ({ targets, discovery }) =>
      targets.length > 0 && discovery.length === 0 && targets.every(({ host, port }) => is(host, port)),
  );
  return new Set(found.map(({ name }) => name));
}

function isServer(stack: Stack, config: PrometheusConfig, host: string, port: number): boolean {
  const service: Service | undefined = stack.services.find(({ name }) => name === config.service);
  const listen = service && flagValue(service, 'web.listen-address')?.value;
  if (port !== Number(/:(\d+)$/.exec(listen ?? ':9090')?.[1])) return false;
  return /^(?:localhost|127\.0\.0\.1|::1)$/.test(host) || serviceByHost(stack, host)?.name === config.service;
}

function sameHost(stack: Stack, one: string, other: string): boolean {
  const service = serviceByHost(stack, one);
  return one === other || (service !== undefined && service === serviceByHost(stack, other));
}
