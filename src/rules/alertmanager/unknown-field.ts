import { templateFields } from '../../catalog/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { templatedTexts } from '../support/template-texts.ts';
import { isAtMost } from '../support/versions.ts';

/**
 * A notification is a group of alerts: it has common labels, and each alert has its own. To ask one for what only the other
 * has is an error when the notification is sent (https://prometheus.io/docs/alerting/0.26/notifications/#data).
 */
export const unknownField = defineRule({
  id: 'alertmanager/unknown-field',
  severity: 'error',
  over: 'alertmanager',
  claim: 'Every field that a template of a receiver asks for is one that is there.',
  check: (config, { stack }) => {
    const owner = stack.services.find((service) => service.name === config.service);
    return templatedTexts(config).flatMap(({ receiver, key, at, parsed: { fields, problem } }) =>
      (problem === undefined ? fields : []).flatMap(({ path, span, dot }): FindingDraft[] => {
        const [first = ''] = path;
        if (dot === undefined || templateFields[dot].has(first)) return [];
        const other = dot === 'data' ? 'alert' : 'data';
        const what = dot === 'data' ? 'the notification' : 'an alert';
        // A later version may know more, but not confuse the two.
        if (!templateFields[other].has(first) && !isAtMost(owner, 0, 26)) return [];
        const meant = templateFields[other].has(first)
          ? dot === 'data'
            ? `Write "Common${first}", or range over ".Alerts"`
            : `Write "$.${first}"`
          : `Ask for one of ${quoteAll([...templateFields[dot]], 8)}`;
        return [
          {
            at: { ...at, span },
            message: `".${first}" in "${key}" of receiver "${receiver.name}" is no field of ${what}, so none of its notifications is sent`,
            hint: meant,
            facts: { receiver: receiver.name, key, field: first },
          },
        ];
      }),
    );
  },
});
