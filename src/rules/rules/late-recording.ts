import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { metricsRead, recordingsOf } from '../support/recordings.ts';

/**
 * The rules of a group are evaluated one after another
 * (https://prometheus.io/docs/prometheus/2.47/configuration/recording_rules/#recording-rules).
 */
export const lateRecording = defineRule({
  id: 'rules/late-recording',
  severity: 'warning',
  over: 'prometheus',
  claim: 'No rule reads what a later rule of its group records.',
  check: (config) => {
    const recordings = recordingsOf(config);
    if (recordings.size === 0) return [];
    return config.ruleGroups.flatMap((group) =>
      group.rules.flatMap((rule, index): FindingDraft[] => {
        const read = new Set(metricsRead(rule.expr.value));
        return [...read].flatMap((name): FindingDraft[] => {
          const makers = recordings.get(name) ?? [];
          const [first] = makers;
          if (
            first === undefined ||
            name === rule.name ||
            !makers.every((one) => one.group === group && one.index > index)
          )
            return [];
          return [
            {
              at: rule.expr.at,
              message: `"${rule.name}" reads "${name}", which only a later rule of group "${group.name}" records, so it sees the value of the evaluation before`,
              related: [{ at: first.rule.at, note: 'where it is recorded' }],
              hint: 'Put the recording rule before it',
              facts: { rule: rule.name, reads: name, group: group.name },
            },
          ];
        });
      }),
    );
  },
});
