import type { StandIn } from '../../model/lab.ts';
import type { Product } from '../../model/stack.ts';
import { cutUrl, defaultPort, hostPort, isLoopback } from './address.ts';
import type { Context } from './context.ts';
import { leadsOutside, standInFor } from './outside.ts';
import { addressOf, listenerOnHost } from './products.ts';

/** Why an address is changed, in the words the differences use. */
export const outsideWhy = 'the address lies outside the stack: a stand-in answers in the lab';
/** The same, where the stack runs the product itself. */
export const ownWhy = "the address lies outside the booted services: the stack's own service answers in the lab";

/** The same, where the loopback is the host's and a service of the stack listens there. */
const neighbourWhy = "the address is one of the host's: the service of the stack that listens there answers in the lab";

/** A changed address. */
export interface ReAddressed {
  readonly to: string;
  readonly why: string;
}

/**
 * The address to use in the lab for `host:port`, or undefined where it stays. `own` is the product to prefer when the
 * stack runs one.
 */
export function reAddress(
  context: Context,
  address: string,
  as: { kind: StandIn['kind']; port: number; own?: Product },
): ReAddressed | undefined {
  const parts = hostPort(address);
  if (parts === undefined || !leadsOutside(context, parts.host)) return undefined;
  const neighbour = isLoopback(parts.host) ? listenerOnHost(context, parts.port ?? as.port) : undefined;
  if (neighbour !== undefined) return { to: neighbour, why: neighbourWhy };
  const own = as.own === undefined ? undefined : addressOf(context.stack, context.kept, as.own);
  if (own !== undefined) return { to: own, why: ownWhy };
  return { to: standInFor(context.outside, { ...as, host: parts.host, port: parts.port ?? as.port }), why: outsideWhy };
}

/**
 * The same for a URL. The path stays unless `path` gives another; TLS and user information go, for a stand-in speaks
 * plain HTTP inside the lab.
 */
export function reAddressUrl(
  context: Context,
  url: string,
  as: { kind: StandIn['kind']; own?: Product; path?: string },
): ReAddressed | undefined {
  const cut = cutUrl(url);
  if (cut === undefined) return undefined;
  const plain = cut.host.includes(':') ? `[${cut.host}]` : cut.host;
  const port = cut.port ?? defaultPort(cut.scheme);
  const changed = reAddress(context, `${plain}:${port}`, { ...as, port });
  if (changed === undefined) return undefined;
  return { to: `http://${changed.to}${as.path ?? cut.rest}`, why: changed.why };
}
