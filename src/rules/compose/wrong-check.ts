import type { FindingDraft } from '../../model/finding.ts';
import type { Product, Service, Stack } from '../../model/stack.ts';
import { flagValue } from '../../read/flags.ts';
import { defineRule } from '../define-rule.ts';
import { healthCheckOf } from '../support/health-check.ts';
import { factsOf } from '../support/image-facts.ts';
import { listeningOf } from '../support/listening.ts';
import { quoteAll } from '../support/quote.ts';

/** Pages that tell of health; products that answer 404 to those of others, with the pages of their own. */
const pages = ['/-/healthy', '/-/ready', '/ready', '/health', '/healthz', '/api/health', '/status'];
const own: Partial<Record<Product, readonly string[]>> = {
  prometheus: ['/-/healthy', '/-/ready', '/status'],
  alertmanager: ['/-/healthy', '/-/ready'],
  loki: ['/ready'],
  promtail: ['/ready'],
};

/**
 * https://prometheus.io/docs/prometheus/2.47/management_api/, https://prometheus.io/docs/alerting/0.26/management_api/,
 * https://grafana.com/docs/loki/v2.9.x/reference/api/#identify-ready-loki-instance
 */
export const wrongCheck = defineRule({
  id: 'compose/wrong-check',
  severity: 'error',
  over: 'service',
  claim: 'Every health check asks a port and a page that its program has.',
  check: (service, { stack }): FindingDraft[] => {
    const check = factsOf(service) === undefined ? undefined : healthCheckOf(service);
    const listening = check === undefined || isSetElsewhere(stack, service) ? undefined : listeningOf(stack, service);
    if (check === undefined || listening === undefined) return [];
    const asked = check.commands.flatMap(({ words }) => words.flatMap((word) => urlIn(service, word) ?? []));
    const [first] = asked;
    // Several addresses may be alternatives.
    if (first === undefined || asked.length > 1) return [];
    const wrong = problem(service, listening.ports, first);
    if (wrong === undefined) return [];
    return [
      {
        at: check.at,
        message: `The health check of service "${service.name}" asks "${first.text}", ${wrong.what}, so the service is never healthy`,
        hint: wrong.hint,
        facts: { service: service.name, url: first.text },
      },
    ];
  },
});

/** A configuration that is not in the repository may name another port, and so may variables that are not. */
function isSetElsewhere(stack: Stack, service: Service): boolean {
  const { product, name, definition } = service;
  if ('env_file' in definition) return true;
  const mounted = (folder: string): boolean =>
    service.mounts.some(({ target }) => `${target}/`.startsWith(folder) || folder.startsWith(`${target}/`));
  if (product === 'grafana') {
    return (
      stack.grafana.find((one) => one.service === name)?.iniFile === undefined && mounted('/etc/grafana/grafana.ini')
    );
  }
  if (product !== 'loki' && product !== 'promtail') return false;
  const known = stack[product].find((one) => one.service === name)?.file !== undefined;
  return !known && (flagValue(service, 'config.file') !== undefined || mounted(`/etc/${product}/`));
}

interface Asked {
  readonly text: string;
  readonly port: number;
  readonly path: string;
}

/** An address of the container itself. */
function urlIn(service: Service, word: string): Asked | undefined {
  const found = /\bhttp:\/\/([^/:\s"']+|\[::1?\])(?::(\d+))?(\/[^\s"'?#]*)?/.exec(word);
  if (found === null || word.includes('$')) return undefined;
  const [text, host = '', port, path = '/'] = found;
  const itself = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])$/.test(host) || host === service.name;
  return itself ? { text, port: Number(port ?? 80), path } : undefined;
}

function problem(
  service: Service,
  ports: readonly number[],
  { port, path }: Asked,
): { what: string; hint: string } | undefined {
  if (!ports.includes(port)) {
    const [listens] = ports;
    return { what: `and its program listens on ${listens}`, hint: `Ask port ${listens}` };
  }
  const known = service.product === undefined ? undefined : own[service.product];
  const moved = ['web.external-url', 'web.route-prefix', 'server.path-prefix'].some((name) => flagValue(service, name));
  if (known === undefined || moved || known.includes(path) || !pages.includes(path)) return undefined;
  return { what: 'a page that its program does not have', hint: `Ask ${quoteAll(known)}` };
}
