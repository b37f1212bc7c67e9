import type { Pointer } from '../../model/location.ts';
import { goUrl } from '../../query/go-url.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { isMapping } from '../../read/values.ts';

/** An address that Prometheus asks besides its targets and Alertmanagers. */
export interface Dialled {
  /** What it is for, as it follows the address. */
  readonly purpose: string;
  readonly written: string;
  readonly host: string;
  readonly port: number;
  readonly pointer: Pointer;
}

const purposes: readonly (readonly [owner: RegExp, key: RegExp, purpose: string])[] = [
  [/^remote_write$/, /^url$/, 'takes the samples'],
  [/^remote_read$/, /^url$/, 'has the samples of before'],
  [/^(?:http|puppetdb)_sd_configs$/, /^url$/, 'knows the targets'],
  [/^(?:consul|nomad|eureka|kuma|uyuni)_sd_configs$/, /^server$/, 'knows the targets'],
  [/^docker(?:swarm)?_sd_configs$/, /^host$/, 'knows the targets'],
  [/^tracing$/, /^endpoint$/, 'takes the traces'],
  [/^oauth2$/, /^token_url$/, 'gives the token'],
  [/./, /^proxy_url$/, 'is the proxy'],
];

/** Every such address of a configuration. */
export function dialledBy(value: unknown, at: Pointer = []): Dialled[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => dialledBy(item, [...at, index]));
  if (!isMapping(value)) return [];
  const owner = String(at.findLast((step) => typeof step === 'string') ?? '');
  return Object.entries(value).flatMap(([key, held]) => {
    const pointer = [...at, key];
    if (typeof held !== 'string') return dialledBy(held, pointer);
    const purpose = purposes.find(([whose, which]) => whose.test(owner) && which.test(key))?.[2];
    const address = addressOf(held);
    // The shape of the configuration says what is no URL.
    const isNone = /^(?:http|puppetdb)_sd_configs$/.test(owner) && !/^https?:/i.test(held);
    return purpose === undefined || address === undefined || isNone
      ? []
      : [{ purpose, written: shown(held), pointer, ...address }];
  });
}

function addressOf(written: string): { host: string; port: number } | undefined {
  const url = goUrl(written);
  if ('problem' in url || /^(?:unix|npipe|fd):/.test(written) || written.includes('$')) return undefined;
  const found = splitAddress(written, 'http');
  return found.host === '' ? undefined : found;
}

/** A password in a URL is not for messages. */
function shown(written: string): string {
  return written.replace(/\/\/[^/@]*@/, '//');
}
