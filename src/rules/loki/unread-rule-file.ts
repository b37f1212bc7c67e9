import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { asksForTenant } from '../promtail/clients.ts';

/**
 * A ruler reads the files of `<folder>/<tenant>/` and no others; the tenant of a Loki without authentication is `fake`
 * (https://grafana.com/docs/loki/v2.9.x/alert/#ruler-storage).
 */
export const unreadRuleFile = defineRule({
  id: 'loki/unread-rule-file',
  severity: 'error',
  over: 'loki',
  claim: 'Every file of rules lies in the folder of a tenant that this Loki has.',
  check: (loki, { stack }) => {
    const { service, rules, file } = loki;
    const tenants = asksForTenant(loki, stack);
    return rules.flatMap((rule): FindingDraft[] => {
      const wrong =
        rule.tenant === undefined
          ? 'lies in no folder of a tenant'
          : tenants === false && rule.tenant !== 'fake'
            ? `is of the tenant "${rule.tenant}", and without authentication all lines are of "fake"`
            : undefined;
      if (wrong === undefined) return [];
      return [
        {
          at: { file: rule.file },
          message: `"${rule.file}" ${wrong}, so Loki "${service}" gets no alert of it`,
          ...(file === undefined ? {} : { related: [{ at: { file }, note: 'where the folder of the rules is set' }] }),
          hint: tenants === false ? 'Move it into the folder "fake"' : 'Move it into the folder of its tenant',
          facts: { service, file: rule.file },
        },
      ];
    });
  },
});
