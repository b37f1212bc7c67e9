import { defineRule } from '../define-rule.ts';
import { templatesOf } from '../support/rule-texts.ts';

/**
 * `$externalLabels` holds the external labels of the server and nothing in place of one that is not there
 * (https://prometheus.io/docs/prometheus/2.47/configuration/alerting_rules/#templating).
 */
export const absentExternalLabel = defineRule({
  id: 'rules/absent-external-label',
  severity: 'warning',
  over: 'alert-rule',
  claim: 'Every external label that an alert prints is one that its Prometheus has.',
  check: (rule, { prometheus }) => {
    if (prometheus.file === undefined) return [];
    const { file, externalLabels } = prometheus;
    return templatesOf(rule, 'xternalLabels').flatMap(({ name, text, at }) =>
      [...text.matchAll(/(?:\$externalLabels|(?<![\w)])\.ExternalLabels)\.([a-zA-Z_]\w*)/g)]
        .filter(([, label = '']) => !Object.hasOwn(externalLabels, label))
        .map((use) => ({
          at: { ...at, span: [use.index, use.index + use[0].length] as const },
          message: `"${use[1]}" in "${name}" of alert "${rule.name}" is always empty, for "${file}" sets no such external label`,
          related: [{ at: { file, pointer: ['global'] }, note: 'where external labels are set' }],
          hint: 'Set it under "external_labels", or do not print it',
          facts: { alert: rule.name, label: use[1] ?? '' },
        })),
    );
  },
});
