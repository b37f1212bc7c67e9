import type { Expectation, NodeKind, Offer } from '../../../model/graph.ts';
import type { Located, Pointer } from '../../../model/location.ts';
import { alertRules } from '../../../model/prometheus.ts';
import type { Product, Service, Stack } from '../../../model/stack.ts';
import type { Tree } from '../../../model/tree.ts';
import { splitAddress } from '../../../read/prometheus/scrape.ts';
import { listAt, mappingAt, textValue } from '../../../read/values.ts';
import { reachOf } from '../hosts.ts';

const offered: Readonly<Record<Product, readonly NodeKind[]>> = {
  prometheus: ['metrics'],
  alertmanager: ['metrics', 'alerts'],
  grafana: ['metrics'],
  loki: ['metrics', 'logs'],
  promtail: ['metrics'],
  'node-exporter': ['metrics'],
  cadvisor: ['metrics'],
};

/** Everything in the stack that is asked or told over the network, by the service that offers it. */
export function endpoints(tree: Tree, stack: Stack): readonly [readonly Offer[], readonly Expectation[]] {
  const offers = stack.services.flatMap(({ name, product, at }) =>
    (product === undefined ? [] : offered[product]).map((kind): Offer => ({ kind, name, at, by: name })),
  );
  const addresses = stack.services.map(({ name, at }): Offer => ({ kind: 'address', name, at, by: name }));
  const calls = callsOf(stack).flatMap((call) => edgesOf(tree, stack, call));
  return [[...offers, ...addresses], calls];
}

/** One address that a service dials. */
interface Call {
  readonly kind: NodeKind;
  readonly from: string;
  readonly to: Located<string>;
}

function callsOf(stack: Stack): Call[] {
  const calls: Call[] = [];
  for (const config of stack.prometheus) {
    const call = (kind: NodeKind, to: Located<string>): Call => ({ kind, from: config.service, to });
    for (const job of config.scrapeJobs)
      for (const { address, at } of job.targets) calls.push(call('metrics', { value: address, at }));
    for (const to of config.alertmanagers) calls.push(call('alerts', to));
    for (const key of ['remote_write', 'remote_read'])
      listAt(config.value, key).forEach((_, index) => {
        const to = textOf(config.file, config.value, [key, index, 'url']);
        if (to !== undefined) calls.push(call('address', to));
      });
  }
  for (const { service, clients } of stack.promtail)
    for (const to of clients) calls.push({ kind: 'logs', from: service, to });
  for (const { service, file, value } of stack.loki) {
    const to = textOf(file, value, ['ruler', 'alertmanager_url']);
    for (const one of to?.value.split(',') ?? [])
      if (to !== undefined) calls.push({ kind: 'alerts', from: service, to: { ...to, value: one } });
  }
  return [...calls, ...stack.services.flatMap((service) => loggingOf(service))];
}

function textOf(file: string | undefined, value: unknown, pointer: Pointer): Located<string> | undefined {
  const text = textValue(value, ...pointer);
  return file === undefined || text === undefined || text === '' ? undefined : { value: text, at: { file, pointer } };
}

/** The engine's own driver for Loki pushes from the host: it names a port of the host, not a service. */
function loggingOf({ name, definition, at }: Service): Call[] {
  const url = textValue(definition, 'logging', 'options', 'loki-url');
  return url === undefined ? [] : [{ kind: 'logs', from: name, to: { value: url, at } }];
}

function edgesOf(tree: Tree, stack: Stack, { kind, from, to }: Call): Expectation[] {
  const service = stack.services.find(({ name }) => name === from);
  if (service === undefined) return [];
  const { host, port } = splitAddress(to.value, 'http');
  const reach = reachOf(tree, stack, service, host);
  const edge = { kind, at: to.at, from: `Service "${from}"` };
  if (reach.kind === 'service') return [{ ...edge, name: reach.service.name }];
  if (reach.kind === 'self') return [{ ...edge, name: from }];
  if (reach.kind === 'apart') return [{ ...edge, name: reach.service.name, unmet: 'no network is common to both' }];
  if (reach.kind !== 'outside') return [{ ...edge, name: host }];
  // A port of a host may be one that a service of this very stack publishes.
  const near = stack.services.filter(({ ports }) => ports.some((one) => one.host === port));
  return [
    { ...edge, name: host, outside: reach.why },
    ...near.map(({ name }) => ({ ...edge, name, outside: reach.why })),
  ];
}

/** Kinds of endpoint of which more may be asked than the files show. */
export function openEndpoints(stack: Stack): NodeKind[] {
  const open: NodeKind[] = [];
  const scrapers = stack.prometheus;
  const known = scrapers.length > 0 && scrapers.every(({ file }) => file !== undefined);
  const discovers = scrapers.some(
    ({ scrapeJobs, value }) => 'scrape_config_files' in value || scrapeJobs.some((job) => job.discovery.length > 0),
  );
  if (!known || discovers) open.push('metrics');
  // Where alerts reach nobody, that has been said of Prometheus.
  const sends = scrapers.some((config) => config.alertmanagers.length > 0);
  const silent = scrapers.some((config) => alertRules(config).length > 0 && config.alertmanagers.length === 0);
  const finds = scrapers.some(({ value }) =>
    listAt(value, 'alerting', 'alertmanagers').some((one) =>
      Object.keys(mappingAt(one)).some((key) => key.endsWith('_sd_configs')),
    ),
  );
  if (!known || finds || (silent && !sends)) open.push('alerts');
  return open;
}
