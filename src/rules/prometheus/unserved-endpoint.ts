import type { FindingDraft } from '../../model/finding.ts';
import type { ScrapeJob, ScrapeTarget } from '../../model/prometheus.ts';
import type { Service, Stack } from '../../model/stack.ts';
import { flagValue } from '../../read/flags.ts';
import { listAt, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { reachOf } from '../support/hosts.ts';
import { isOfItsMakers } from '../support/makers.ts';
import { routePrefix } from '../support/route-prefix.ts';

/**
 * Where the seven products serve their metrics: `/metrics`, below the prefix their flags or configuration set
 * (https://prometheus.io/docs/prometheus/2.47/command-line/prometheus/, https://grafana.com/docs/loki/v2.9.x/reference/api/).
 */
export const unservedEndpoint = defineRule({
  id: 'prometheus/unserved-endpoint',
  severity: 'error',
  over: 'scrape-job',
  claim: 'A known product is scraped at the path and by the scheme it serves its metrics.',
  check: (job, { stack, prometheus, repository: { tree } }) => {
    const from = stack.services.find((service) => service.name === prometheus.service);
    if (from === undefined || isRewritten(job)) return [];
    return job.targets.flatMap((target): FindingDraft[] => {
      if (target.address.includes('://')) return [];
      const reach = reachOf(tree, stack, from, target.host);
      const service = reach.kind === 'self' ? from : reach.kind === 'service' ? reach.service : undefined;
      if (service === undefined || !isOfItsMakers(service) || service.definition['entrypoint'] !== undefined) return [];
      const problem = pathProblem(stack, service, job, target) ?? schemeProblem(stack, service, job, target);
      if (problem === undefined) return [];
      const [wrong, key, hint] = problem;
      const at = valueAt(job.value, key) === undefined ? target.at : keyOf(job, key);
      const message = `Target "${target.address}" of job "${job.name}" ${wrong}, so it is never up`;
      const related = [{ at: service.at, note: 'the service' }];
      return [{ at, message, related, hint, facts: { job: job.name, target: target.address } }];
    });
  },
});

type Problem = readonly [wrong: string, key: string, hint: string];

function pathProblem(stack: Stack, service: Service, job: ScrapeJob, { labels }: ScrapeTarget): Problem | undefined {
  const path = labels['__metrics_path__'] ?? job.metricsPath;
  const served = metricsPath(stack, service);
  if (served === undefined || path === served || path.includes('$')) return undefined;
  if (service.product === 'prometheus' && path.endsWith('/federate')) return undefined;
  const wrong = `is asked for "${path}", and "${service.name}" serves its metrics at "${served}"`;
  return [wrong, 'metrics_path', `Write "metrics_path: ${served}"`];
}

function metricsPath(stack: Stack, service: Service): string | undefined {
  const { product, name } = service;
  const below = (prefix: string | undefined): string | undefined =>
    prefix === undefined ? undefined : `${prefix.replace(/\/+$/, '')}/metrics`;
  switch (product) {
    case 'prometheus':
    case 'alertmanager':
      return below(routePrefix(service));
    case 'node-exporter':
      return flagValue(service, 'web.telemetry-path')?.value ?? '/metrics';
    case 'cadvisor':
      return flagValue(service, 'url_base_prefix') === undefined
        ? (flagValue(service, 'prometheus_endpoint')?.value ?? '/metrics')
        : undefined;
    case 'loki':
    case 'promtail': {
      const config = stack[product].find((one) => one.service === name);
      const flag = flagValue(service, 'server.path-prefix')?.value;
      return config?.file === undefined
        ? undefined
        : below(flag ?? textValue(config.value, 'server', 'http_path_prefix') ?? '');
    }
    default:
      // Grafana serves them below its sub path and without it.
      return undefined;
  }
}

function schemeProblem(stack: Stack, service: Service, job: ScrapeJob, { labels }: ScrapeTarget): Problem | undefined {
  if ((labels['__scheme__'] ?? job.scheme) !== 'https' || speaksTls(stack, service)) return undefined;
  return [`is asked by TLS, and "${service.name}" speaks none`, 'scheme', 'Write "scheme: http"'];
}

function speaksTls(stack: Stack, service: Service): boolean {
  const { product, name, command } = service;
  if (product === 'loki' || product === 'promtail') {
    const config = stack[product].find((one) => one.service === name);
    return (
      config?.file === undefined ||
      valueAt(config.value, 'server', 'http_tls_config') !== undefined ||
      command.some(({ value }) => value.includes('tls'))
    );
  }
  if (product === 'grafana' || product === undefined) return true;
  return product !== 'cadvisor' && command.some(({ value }) => /^--?web\.config(?:\.file)?\b/.test(value));
}

/** A job whose relabelling may write the path, the scheme or the address anew is asked elsewhere. */
function isRewritten(job: ScrapeJob): boolean {
  return listAt(job.value, 'relabel_configs').some((step) => {
    const action = textValue(step, 'action') ?? 'replace';
    return (
      action === 'labelmap' || /^__(?:address|scheme|metrics_path)__$|\$/.test(textValue(step, 'target_label') ?? '')
    );
  });
}

function keyOf(job: ScrapeJob, key: string): ScrapeJob['at'] {
  return { ...job.at, pointer: [...(job.at.pointer ?? []), key] };
}
