import type { Service } from '../../model/stack.ts';
import { goUrl } from '../../query/go-url.ts';
import { flagValue } from '../../read/flags.ts';

/**
 * The path below which Prometheus or Alertmanager serves: `--web.route-prefix`, else the path of `--web.external-url`,
 * without a slash at its end. Undefined where a variable or an odd URL hides it.
 */
export function routePrefix(service: Service): string | undefined {
  const prefix = flagValue(service, 'web.route-prefix')?.value;
  const external = flagValue(service, 'web.external-url')?.value;
  const written = prefix ?? (external === undefined ? '' : pathOf(external));
  return written === undefined || written.includes('$') ? undefined : written.replace(/^\/*/, '/').replace(/\/+$/, '');
}

function pathOf(url: string): string | undefined {
  const found = goUrl(url);
  if ('problem' in found) return undefined;
  return /^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?(?:\/\/[^/?#]*)?([^?#]*)/.exec(url)?.[1] ?? '';
}
