import { posix } from 'node:path';
import type { HelperConfig } from '../standins/helper/config.ts';
import type { Context } from './context.ts';
import { putText } from './context.ts';
import { askedMetrics, expressionsOf, recordedNames } from './expressions.ts';
import { helperFiles } from './helper-files.ts';
import { playedMetrics } from './metrics.ts';
import { nameLookup } from './name-lookup.ts';
import { controlPort, helperName, proxyPort } from './outside.ts';
import { addressOf, productOfTarget } from './products.ts';
import type { OutsideTarget } from './targets.ts';

const edgeNetwork = 'stackproof-edge';

/** Adds the helper container, its program and what it has to play to the copy. */
export function renderHelper(
  context: Context,
  targets: readonly OutsideTarget[],
  networks: Record<string, Record<string, unknown>>,
): { service: Record<string, unknown>; config: HelperConfig } {
  const config = helperConfig(context, targets);
  for (const file of helperFiles()) context.files.set(file.path, file);
  putText(context, 'helper/stand-ins.json', `${JSON.stringify(config, null, 2)}\n`);
  const aliases = [...context.outside.aliases.values()].sort();
  // Only what the engine starts in it as root may use the capability; the helper's own program runs as nobody.
  const logs = [...new Set(context.logFolders.flatMap(({ via, at }) => (via === 'helper' ? [at] : [])))];
  const joined = Object.keys(networks).sort();
  networks[edgeNetwork] = { driver: 'bridge', labels: context.options.labels };
  const service = {
    image: context.options.helperImage,
    entrypoint: ['node', '/helper/main.ts', '/helper/stand-ins.json'],
    user: '65534:65534',
    // Node does not end by SIGTERM where it is the first process, and the engine would wait for it.
    stop_signal: 'SIGKILL',
    read_only: true,
    tmpfs: ['/tmp'],
    cap_drop: ['ALL'],
    ...(logs.length === 0 ? {} : { cap_add: ['DAC_OVERRIDE'] }),
    security_opt: ['no-new-privileges:true'],
    sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' },
    networks: {
      ...Object.fromEntries(joined.map((name) => [name, aliases.length > 0 ? { aliases } : {}])),
      [edgeNetwork]: {},
    },
    ...nameLookup,
    environment: { UV_THREADPOOL_SIZE: '64' },
    ports: [`127.0.0.1::${proxyPort}`],
    volumes: [
      { type: 'bind', source: './helper', target: '/helper', read_only: true, bind: { create_host_path: false } },
      ...logs.map((at) => ({ type: 'volume', source: posix.basename(at), target: at, volume: { nocopy: true } })),
    ],
    labels: { ...context.options.labels },
    pull_policy: 'never',
  };
  return { service, config };
}

function helperConfig(context: Context, targets: readonly OutsideTarget[]): HelperConfig {
  const expressions = expressionsOf(context.stack);
  const asked = askedMetrics(expressions);
  const recorded = recordedNames(context.stack);
  const services = context.kept.flatMap((service) => [
    service.name,
    ...(service.containerName === undefined ? [] : [service.containerName.value]),
    ...service.networks.flatMap((network) => network.aliases),
  ]);
  const played = new Set(context.outside.addresses.values());
  const isPlayed = (target: OutsideTarget): boolean => played.has(target.address);
  const parties = [...context.outside.ports].sort(([a], [b]) => a - b);
  return {
    name: helperName,
    proxyPort,
    controlPort,
    reachable: [...new Set([...services, helperName, ...context.outside.aliases.values()])].sort(),
    httpPorts: parties.flatMap(([port, protocol]) => (protocol === 'http' ? [port] : [])),
    smtpPorts: parties.flatMap(([port, protocol]) =>
      protocol === 'http' ? [] : [{ port, tls: protocol === 'smtps' }],
    ),
    addresses: Object.fromEntries(
      [...context.outside.addresses].map(([key, address]) => [address, key.split(' ')[1] ?? key]),
    ),
    forwards: Object.fromEntries(context.outside.forwards),
    targets: targets.filter(isPlayed).map((target) => {
      const product = productOfTarget(context.stack, target.job, target.port);
      const relay = product === undefined ? undefined : addressOf(context.stack, context.kept, product);
      const base = { address: target.address, original: target.original, job: target.job, path: target.path };
      if (relay !== undefined) return { ...base, relay: `http://${relay}/metrics` };
      return { ...base, metrics: playedMetrics(asked, recorded, target.labels, product) };
    }),
  };
}
