import { hostPort, isLoopback } from './address.ts';
import type { Context } from './context.ts';
import { leadsOutside, standInFor } from './outside.ts';
import type { ReAddressed } from './re-address.ts';

/** The stand-in for a mail host outside the stack; undefined where there is none to replace. */
export function smarthost(context: Context, address: string | undefined): ReAddressed | undefined {
  const parts = address === undefined ? undefined : hostPort(address);
  if (parts === undefined || !leadsOutside(context, parts.host)) return undefined;
  return {
    to: mailHost(context, parts),
    why: 'the mail host lies outside the stack: a stand-in with STARTTLS and authentication takes the mail',
  };
}

/** The same for a mail host that is a service of the stack: nobody would see what arrives there. */
export function innerSmarthost(context: Context, address: string | undefined): ReAddressed | undefined {
  const parts = address === undefined ? undefined : hostPort(address);
  if (parts === undefined || isLoopback(parts.host)) return undefined;
  return {
    to: mailHost(context, parts),
    why: 'a stand-in takes the mail in place of the mail host of the stack, so that what arrives is seen',
  };
}

function mailHost(context: Context, parts: { readonly host: string; readonly port?: number }): string {
  const port = parts.port ?? 25;
  const protocol = port === 465 ? 'smtps' : 'smtp';
  return standInFor(context.outside, { kind: 'smtp', protocol, host: parts.host, port });
}
