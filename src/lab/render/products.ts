import type { Product, Service, Stack } from '../../model/stack.ts';
import { portOf } from '../services/address.ts';
import type { Dialler } from './outside.ts';

/** The booted service of a product, if the stack runs one. */
export function serviceOf(kept: readonly Service[], product: Product): Service | undefined {
  return kept.find((service) => service.product === product);
}

/** `service:port` of the stack's own service of a product. */
export function addressOf(stack: Stack, kept: readonly Service[], product: Product): string | undefined {
  const service = serviceOf(kept, product);
  return service === undefined ? undefined : `${service.name}:${portOf(stack, service)}`;
}

/** Whether a service is on the network of the host. */
export function isOnHost(service: Service): boolean {
  return service.definition['network_mode'] === 'host';
}

/** `service:port` of the booted service that listens on a port of the host, by being on its network or by publishing it. */
export function listenerOnHost({ stack, kept }: Dialler, port: number): string | undefined {
  for (const service of kept) {
    if (isOnHost(service)) {
      if (service.product !== undefined && portOf(stack, service) === port) return `${service.name}:${port}`;
      continue;
    }
    const published = service.ports.find((one) => one.host === port);
    if (published !== undefined) return `${service.name}:${published.container}`;
  }
  return undefined;
}

const jobNames: readonly (readonly [Product, RegExp])[] = [
  ['node-exporter', /\bnode([-_ ]?exporter)?\b/],
  ['cadvisor', /cadvisor/],
  ['alertmanager', /alert-?manager/],
  ['grafana', /grafana/],
  ['promtail', /promtail/],
  ['loki', /\bloki\b/],
  ['prometheus', /\bprometheus\b/],
];
const unmistakablePorts: Readonly<Record<number, Product>> = {
  9100: 'node-exporter',
  9093: 'alertmanager',
  9090: 'prometheus',
  3100: 'loki',
};

/** The product that an outside target most likely is: by its job's name, the port the stack publishes, the usual port. */
export function productOfTarget(stack: Stack, job: string, port: number): Product | undefined {
  const name = job.toLowerCase().replaceAll('_', '-');
  const named = jobNames.find(([, pattern]) => pattern.test(name))?.[0];
  if (named !== undefined) return named;
  const published = stack.services.find((service) => service.ports.some((mapping) => mapping.host === port));
  return published?.product ?? unmistakablePorts[port];
}
