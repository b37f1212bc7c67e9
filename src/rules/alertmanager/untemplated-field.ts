import { isTemplated } from '../../catalog/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { isAtMost } from '../support/versions.ts';

/**
 * Addresses and other settings of an integration are taken as they stand; only texts of messages are templates
 * (https://prometheus.io/docs/alerting/0.26/configuration/#receiver-integration-settings: `tmpl_string`).
 */
export const untemplatedField = defineRule({
  id: 'alertmanager/untemplated-field',
  severity: 'error',
  over: 'receiver',
  claim: 'No template stands where Alertmanager reads none.',
  check: (receiver, { stack, alertmanager }) => {
    const owner = stack.services.find((service) => service.name === alertmanager.service);
    if (!isAtMost(owner, 0, 26)) return [];
    return receiver.integrations.flatMap(({ kind, value, at }) =>
      Object.entries(value).flatMap(([key, held]): FindingDraft[] => {
        if (typeof held !== 'string' || !held.includes('{{') || isTemplated(kind, key)) return [];
        return [
          {
            at: { ...at, pointer: [...(at.pointer ?? []), key] },
            message: `"${key}" of receiver "${receiver.name}" has a template, and Alertmanager reads none there, so it is used as it stands`,
            hint: 'Write the value itself; routes of their own can send to several addresses',
            facts: { receiver: receiver.name, kind, key },
          },
        ];
      }),
    );
  },
});
