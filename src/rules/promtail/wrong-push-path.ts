import type { FindingDraft } from '../../model/finding.ts';
import { flagValue } from '../../read/flags.ts';
import { textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { clientsOf } from './clients.ts';

/**
 * Promtail posts to the URL as it stands, and Loki takes lines at `/loki/api/v1/push` alone (and, as older clients have
 * it, at `/api/prom/push`): https://grafana.com/docs/loki/v2.9.x/reference/api/#push-log-entries-to-loki.
 */
export const wrongPushPath = defineRule({
  id: 'promtail/wrong-push-path',
  severity: 'error',
  over: 'promtail',
  claim: 'Every client of a Promtail posts where its Loki takes lines.',
  check: (promtail, { stack }) => {
    const { file, service } = promtail;
    if (file === undefined) return [];
    return clientsOf(promtail, stack).flatMap(({ url, pointer, loki }): FindingDraft[] => {
      const owner = stack.services.find((one) => one.name === loki?.service);
      if (loki === undefined || owner === undefined) return [];
      const at = { file, pointer: [...pointer, 'url'] };
      const parsed = URL.canParse(url) ? new URL(url) : undefined;
      if (parsed === undefined) return [];
      const encrypted =
        valueAt(loki.value, 'server', 'http_tls_config') ?? flagValue(owner, 'server.http-tls-cert-path');
      if (parsed.protocol === 'https:' && encrypted === undefined && loki.file !== undefined)
        return [
          {
            at,
            message: `Promtail "${service}" speaks TLS to "${parsed.host}", where Loki "${loki.service}" speaks plain HTTP, so no line arrives`,
            hint: 'Write http, or give Loki a certificate in server.http_tls_config',
            facts: { service, loki: loki.service },
          },
        ];
      const prefix =
        textValue(loki.value, 'server', 'http_path_prefix') ?? flagValue(owner, 'server.path-prefix')?.value;
      const base = (prefix ?? '').replace(/\/+$/, '');
      const path = parsed.pathname.replace(/\/+$/, '');
      if (path === `${base}/loki/api/v1/push` || path === `${base}/api/prom/push`) return [];
      return [
        {
          at,
          message: `Promtail "${service}" posts to "${parsed.pathname}", and Loki "${loki.service}" takes lines at "${base}/loki/api/v1/push", so it refuses them all`,
          hint: `Write the whole path: ${parsed.origin}${base}/loki/api/v1/push`,
          facts: { service, loki: loki.service, path: parsed.pathname },
        },
      ];
    });
  },
});
