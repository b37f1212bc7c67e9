import { defaultPorts, type Service, type Stack, serviceByHost } from '../../model/stack.ts';
import { pathsUnder, type Tree, textAt } from '../../model/tree.ts';
import { baseOf, folderOf } from '../../read/paths.ts';
import { listAt, mappingAt } from '../../read/values.ts';

/** What is known of an address that a service dials. */
export type Reach =
  | { readonly kind: 'service'; readonly service: Service }
  | { readonly kind: 'self' }
  /** Nobody in the stack, and nobody outside can have the name. */
  | { readonly kind: 'nobody' }
  /** The service is there, and no network is common to both. */
  | { readonly kind: 'apart'; readonly service: Service }
  /** The files do not tell: `why` in words. */
  | { readonly kind: 'outside'; readonly why: string };

/** Where a host name leads, seen from a service of the stack. */
export function reachOf(tree: Tree, stack: Stack, from: Service, host: string): Reach {
  if (host.includes('$') || host.includes('{')) return { kind: 'outside', why: 'its name is filled in elsewhere' };
  const mode = from.definition['network_mode'];
  if (/^(localhost|127(\.\d+){3}|::1|0\.0\.0\.0)$/i.test(host) || host === '')
    return mode === undefined ? { kind: 'self' } : { kind: 'outside', why: 'the network is not its own' };
  const service = serviceByHost(stack, host) ?? linked(stack, from, host);
  if (service !== undefined) {
    if (extraHosts(from).includes(host)) return { kind: 'outside', why: '"extra_hosts" leads it out of the stack' };
    const other = service.definition['network_mode'];
    const joined = mode === undefined && other === undefined ? shareNetwork(from, service) : mayKnow(mode, other);
    return joined ? { kind: 'service', service } : { kind: 'apart', service };
  }
  if (/[.:]/.test(host)) return { kind: 'outside', why: 'it is outside the repository' };
  if (extraHosts(from).includes(host)) return { kind: 'outside', why: '"extra_hosts" leads it out of the stack' };
  if (mode !== undefined) return { kind: 'outside', why: 'the network is not its own' };
  if (inNeighbour(tree, stack, host)) return { kind: 'outside', why: 'another compose file of the folder has it' };
  const external = from.networks.some(({ name }) => stack.networks.find((one) => one.name === name)?.external === true);
  return external ? { kind: 'outside', why: 'an external network may have it' } : { kind: 'nobody' };
}

/** Whether another stack that reads the same file has the service: there the address is known to be right. */
export function isAnsweredElsewhere(stacks: readonly Stack[], file: string | undefined, host: string): boolean {
  return stacks.some(
    (stack) => stack.prometheus.some((config) => config.file === file) && serviceByHost(stack, host) !== undefined,
  );
}

/**
 * The port inside the network, where a caller uses one that only the host has: published ports do not exist between
 * containers (https://docs.docker.com/compose/how-tos/networking/).
 */
export function portMeant(service: Service, port: number): number | undefined {
  const published = service.ports.find((one) => one.host === port);
  if (published === undefined || service.ports.some((one) => one.container === port)) return undefined;
  if (service.definition['network_mode'] !== undefined) return undefined;
  return service.product !== undefined && defaultPorts[service.product] === port ? undefined : published.container;
}

/**
 * Whether another service is in the network of this one, so that it listens under its name and its `localhost`
 * (https://docs.docker.com/reference/compose-file/services/#network_mode).
 */
export function hasLodger(stack: Stack, { name, containerName }: Service): boolean {
  const modes = [`service:${name}`, ...(containerName === undefined ? [] : [`container:${containerName.value}`])];
  return stack.services.some(({ definition }) => modes.includes(String(definition['network_mode'] ?? '')));
}

/** Whether Prometheus itself listens on a port of its own container, or whoever shares that may. */
export function isOwnPort(stack: Stack, service: Service, port: number): boolean {
  if (hasLodger(stack, service)) return true;
  const flag = service.command.map((word) => /^--web\.listen-address=.*:(\d+)$/.exec(word.value)?.[1]).find(Boolean);
  return port === Number(flag ?? 9090);
}

/** `links: [prometheus:prom]` gives a service one more name, for this caller alone. */
function linked(stack: Stack, from: Service, host: string): Service | undefined {
  const entries = listAt(from.definition, 'links').map((entry) => String(entry).split(':'));
  const [name] = entries.find(([, alias]) => alias === host) ?? [];
  return stack.services.find((service) => service.name === name);
}

/**
 * Whether one in the first mode may find one in the second by its name: the engine knows the names of its own networks
 * alone, and the host is in none of them (https://docs.docker.com/engine/network/drivers/host/).
 */
function mayKnow(mode: unknown, other: unknown): boolean {
  const both = mode !== undefined && other !== undefined;
  return both || (mode === 'host') === (other === 'host');
}

function shareNetwork(a: Service, b: Service): boolean {
  return a.networks.some((network) => b.networks.some((other) => other.name === network.name));
}

function extraHosts(service: Service): string[] {
  const written = service.definition['extra_hosts'];
  const names = Array.isArray(written)
    ? written.map(String)
    : Object.keys(mappingAt(service.definition, 'extra_hosts'));
  return names.map((entry) => entry.split(/[:=]/)[0] ?? '');
}

/** Compose files of one folder are often started together with several `-f`. */
function inNeighbour(tree: Tree, stack: Stack, host: string): boolean {
  const folder = folderOf(stack.composeFile);
  const key = new RegExp(`^\\s+["']?${host.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["']?:\\s*(#.*)?$`, 'm');
  return pathsUnder(tree, folder)
    .filter((path) => path !== stack.composeFile && folderOf(path) === folder)
    .filter((path) => /compose[^/]*\.ya?ml$|stack[^/]*\.ya?ml$/.test(baseOf(path)))
    .some((path) => key.test(textAt(tree, path) ?? ''));
}
