import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { asksForTenant, choosesTenants, clientsOf, tenantSwitch } from './clients.ts';

/**
 * A Loki asks every caller for a tenant unless `auth_enabled` is false, and answers `no org id` to one without
 * (https://grafana.com/docs/loki/v2.9.x/operations/multi-tenancy/).
 */
export const tenantlessClient = defineRule({
  id: 'promtail/tenantless-client',
  severity: 'error',
  over: 'promtail',
  claim: 'Every client of a Loki that asks for a tenant names one.',
  check: (promtail, { stack }) => {
    const { file, service } = promtail;
    if (file === undefined) return [];
    const staged = choosesTenants(promtail);
    return clientsOf(promtail, stack).flatMap(({ value: client, pointer, loki }): FindingDraft[] => {
      if (loki === undefined || asksForTenant(loki, stack) !== true || staged) return [];
      if ('tenant_id' in client || 'headers' in client || 'basic_auth' in client) return [];
      const at = tenantSwitch(loki, stack);
      return [
        {
          at: { file, pointer },
          message: `Promtail "${service}" names no tenant, and Loki "${loki.service}" asks every caller for one, so it refuses every line`,
          ...(at === undefined ? {} : { related: [{ at, note: 'where Loki is told whether to ask' }] }),
          hint: 'Set auth_enabled: false in Loki, or tenant_id in the client',
          facts: { service, loki: loki.service },
        },
      ];
    });
  },
});
