import type { Pointer } from '../../model/location.ts';
import type { Product } from '../../model/stack.ts';
import { hostPort } from './address.ts';
import type { Context } from './context.ts';
import { type Mapping, mapping, text } from './json.ts';
import { outsideWhy, reAddress, reAddressUrl } from './re-address.ts';
import type { YamlEdit } from './yaml-edit.ts';

const plainHttp = 'a stand-in speaks plain HTTP inside the lab';

/**
 * Re-addresses the dialled keys of one HTTP client block (a discovery, a remote write, a client): what leads outside goes
 * to a stand-in, TLS settings go with it, a proxy outside is dropped.
 */
export function readdressHttp(context: Context, edit: YamlEdit, at: Pointer, block: Mapping, own?: Product): void {
  let moved = false;
  for (const key of ['url', 'server', 'api_server', 'endpoint', 'host', 'address']) {
    const value = text(block[key]);
    if (value === undefined || value.startsWith('unix:')) continue;
    const as = { kind: 'other' as const, ...(own === undefined ? {} : { own }) };
    const changed = value.includes('://') ? reAddressUrl(context, value, as) : bareAddress(context, value, as);
    if (changed === undefined) continue;
    edit.set([...at, key], changed.to, changed.why);
    moved = true;
  }
  readdressClient(context, edit, at, block, moved);
  const nested = mapping(block['http_config']);
  if (nested !== undefined) readdressClient(context, edit, [...at, 'http_config'], nested, moved);
}

/** The proxy, the token address and the TLS settings of an HTTP client. */
export function readdressClient(context: Context, edit: YamlEdit, at: Pointer, block: Mapping, moved: boolean): void {
  const proxy = text(block['proxy_url']);
  if (proxy !== undefined && (moved || reAddressUrl(context, proxy, { kind: 'other' }) !== undefined)) {
    edit.drop([...at, 'proxy_url'], outsideWhy);
  }
  const oauth = mapping(block['oauth2']);
  const token = text(oauth?.['token_url']);
  const changed = token === undefined ? undefined : reAddressUrl(context, token, { kind: 'other' });
  if (changed !== undefined) {
    edit.set([...at, 'oauth2', 'token_url'], changed.to, changed.why);
    edit.drop([...at, 'oauth2', 'tls_config'], plainHttp);
  }
  if (moved) edit.drop([...at, 'tls_config'], plainHttp);
}

function bareAddress(context: Context, value: string, as: { kind: 'other' }): { to: string; why: string } | undefined {
  return hostPort(value)?.port === undefined ? undefined : reAddress(context, value, { ...as, port: 80 });
}
