import type { LabAddress } from '../../model/lab.ts';
import type { Product, Service, Stack } from '../../model/stack.ts';
import { baseUrl, flagOf } from './address.ts';
import { ask } from './http.ts';

/** Where each product says that it has started. Promtail's own `/ready` asks for log files as well, which a lab may lack. */
const paths: Readonly<Record<Product, string>> = {
  prometheus: '/-/ready',
  alertmanager: '/-/ready',
  grafana: '/api/health',
  loki: '/ready',
  promtail: '/metrics',
  'node-exporter': '/metrics',
  cadvisor: '/healthz',
};

/** Where a service of a known product says that it has started. @throws Error for any other */
export function readyAddress(lab: LabAddress, stack: Stack, service: Service): string {
  if (service.product === undefined) throw new Error(`service "${service.name}" runs no known product`);
  return `${baseUrl(lab, stack, service.name)}${paths[service.product]}`;
}

/**
 * Why a service of a known product cannot be said to have started; undefined where it answers, if only to ask for a
 * password, and where nobody but itself can reach it.
 */
export async function notStarted(lab: LabAddress, stack: Stack, service: Service): Promise<string | undefined> {
  if (service.product === undefined || isOutOfReach(service)) return undefined;
  const url = readyAddress(lab, stack, service);
  const { status, text } = await ask(lab, url);
  return status < 500 ? undefined : `${url} answers ${status}: ${text.trim().slice(0, 200)}`;
}

function isOutOfReach(service: Service): boolean {
  const mode = service.definition['network_mode'];
  const address = flagOf(service, 'web.listen-address') ?? flagOf(service, 'listen_ip') ?? '';
  return (typeof mode === 'string' && /^(service:|none$)/.test(mode)) || /^(127\.|localhost|\[::1\])/.test(address);
}
