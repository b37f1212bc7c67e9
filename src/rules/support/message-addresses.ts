import type { AlertmanagerConfig } from '../../model/alertmanager.ts';
import type { Place, Pointer } from '../../model/location.ts';
import { isMapping, textValue } from '../../read/values.ts';

/** An address that Alertmanager dials. Of an URL only host and port are kept: the rest may be a secret. */
export interface DialledAddress {
  readonly key: string;
  readonly host: string;
  readonly port: number;
  readonly at: Place;
}

const keys =
  /^(?:url|api_url|webhook_url|smarthost|smtp_smarthost|proxy_url|token_url|slack_api_url|\w+_api_url|pagerduty_url)$/;
const form = /^(?:(https?):\/\/(?:[^/@\s]*@)?)?([\w.-]+)(?::(\d+))?(?:[/?#]|$)/;

/** The addresses of a configuration, in the order they are written. A proxy is dialled in place of what is behind it. */
export function dialledAddresses({ file, value }: AlertmanagerConfig): DialledAddress[] {
  if (file === undefined) return [];
  return below(value, [], (key, text, pointer): DialledAddress[] => {
    const [, scheme, host, port] = form.exec(text) ?? [];
    const mail = key.endsWith('smarthost');
    if (host === undefined || (scheme === undefined) !== mail) return [];
    const fallback = scheme === 'https' ? 443 : mail ? 25 : 80;
    return [{ key, host, port: port === undefined ? fallback : Number(port), at: { file, pointer } }];
  });
}

function below<T>(value: unknown, at: Pointer, make: (key: string, text: string, pointer: Pointer) => T[]): T[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => below(item, [...at, index], make));
  if (!isMapping(value)) return [];
  // What stands behind a proxy is the proxy's to reach.
  const proxied = isMapping(value['http_config']) && textValue(value, 'http_config', 'proxy_url') !== undefined;
  return Object.entries(value).flatMap(([key, held]) => {
    if (typeof held === 'string') return keys.test(key) && !proxied ? make(key, held, [...at, key]) : [];
    return below(held, [...at, key], make);
  });
}
