import type { StandIn, UnseenIntegration } from '../../model/lab.ts';
import { type Service, type Stack, serviceByHost } from '../../model/stack.ts';
import { isLoopback } from './address.ts';

/** What a stand-in speaks on its port. `smtps` is TLS from the first byte. */
export type Protocol = 'http' | 'smtp' | 'smtps';

/** Parties outside the stack, gathered while rendering; the helper answers for all of them. */
export interface OutsideParties {
  /** Real host → name in the lab. */
  readonly aliases: Map<string, string>;
  readonly ports: Map<number, Protocol>;
  readonly standIns: StandIn[];
  readonly addresses: Map<string, string>;
  /** Path at the helper → the address inside the stack to which what arrives there is passed on. */
  readonly forwards: Map<string, string>;
  /** Integrations whose messages nobody sees, with the reason. */
  readonly unseen: UnseenIntegration[];
}

/** The helper's name in the lab's networks. */
export const helperName = 'stackproof-helper';
/** The helper's forward proxy and its control interface. */
export const proxyPort = 8080;
export const controlPort = 8081;
const forwardPort = 8082;

/** An empty gathering. */
export function noParties(): OutsideParties {
  return { aliases: new Map(), ports: new Map(), standIns: [], addresses: new Map(), forwards: new Map(), unseen: [] };
}

/** Who dials: the stack, what of it is booted, and whether the dialling service is on the network of the host. */
export interface Dialler {
  readonly stack: Stack;
  readonly kept: readonly Service[];
  readonly onHost?: boolean;
}

/** Whether a name leads out of what is booted. A name that only runtime resolves does not count. */
export function leadsOutside({ stack, kept, onHost }: Dialler, host: string): boolean {
  if (host === '' || host === helperName || host.startsWith('outside-')) return false;
  if (isLoopback(host)) return onHost === true;
  const service = serviceByHost(stack, host);
  return service === undefined || !kept.includes(service);
}

/**
 * Gives the address of the stand-in for a real one. The port is kept where the helper can listen on it:
 * above 1024 and not one of its own.
 */
export function standInFor(
  parties: OutsideParties,
  party: { kind: StandIn['kind']; protocol?: Protocol; host: string; port: number },
): string {
  const protocol = party.protocol ?? 'http';
  const original = `${party.host.includes(':') ? `[${party.host}]` : party.host}:${party.port}`;
  const key = `${protocol} ${original}`;
  const known = parties.addresses.get(key);
  const address = known ?? `${aliasOf(parties, party.host)}:${portFor(parties, protocol, party.port)}`;
  parties.addresses.set(key, address);
  const same = (one: StandIn): boolean => one.kind === party.kind && one.original === original;
  if (!parties.standIns.some(same)) parties.standIns.push({ kind: party.kind, original, address });
  return address;
}

/** The address at the helper that records what is sent to `path` and passes it on to `to`, a service of the stack. */
export function forwardTo(parties: OutsideParties, path: string, to: string): string {
  const key = `http ${helperName}:${forwardPort}`;
  const address = parties.addresses.get(key) ?? `${helperName}:${portFor(parties, 'http', forwardPort)}`;
  parties.addresses.set(key, address);
  parties.forwards.set(path, to);
  return `http://${address}${path}`;
}

function aliasOf(parties: OutsideParties, host: string): string {
  const known = parties.aliases.get(host);
  if (known !== undefined) return known;
  const slug = host
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '');
  const taken = new Set(parties.aliases.values());
  let alias = `outside-${slug || 'host'}`;
  for (let count = 2; taken.has(alias); count += 1) alias = `outside-${slug}-${count}`;
  parties.aliases.set(host, alias);
  return alias;
}

/** TLS from the first byte is what Alertmanager does on port 465 alone, so that one port is kept. */
function portFor(parties: OutsideParties, protocol: Protocol, wanted: number): number {
  let port = protocol === 'smtps' || wanted > 1024 ? wanted : 10_000 + wanted;
  if (port === proxyPort || port === controlPort) port += 10_000;
  while ((parties.ports.get(port) ?? protocol) !== protocol) port += 1;
  parties.ports.set(port, protocol);
  return port;
}
