import { hostPort } from './address.ts';
import type { Context } from './context.ts';
import { leadsOutside, standInFor } from './outside.ts';
import type { ReAddressed } from './re-address.ts';

/** The stand-in for a mail host outside the stack; undefined where there is none to replace. */
export function smarthost(context: Context, address: string | undefined): ReAddressed | undefined {
  const parts = address === undefined ? undefined : hostPort(address);
  if (parts === undefined || !leadsOutside(context, parts.host)) return undefined;
  const port = parts.port ?? 25;
  const to = standInFor(context.outside, {
    kind: 'smtp',
    protocol: port === 465 ? 'smtps' : 'smtp',
    host: parts.host,
    port,
  });
  return {
    to,
    why: 'the mail host lies outside the stack: a stand-in with STARTTLS and authentication takes the mail',
  };
}
