import { defineRule } from '../define-rule.ts';
import { textOf } from '../support/matcher-text.ts';

/**
 * An alert that has both sides of a rule is not muted by another that has both: Alertmanager keeps alerts from muting
 * themselves (https://prometheus.io/docs/alerting/0.26/configuration/#inhibit_rule). Where the sides are the same, that is
 * every alert.
 */
export const selfMuting = defineRule({
  id: 'alertmanager/self-muting',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'No inhibition has the same alerts on both of its sides.',
  check: ({ inhibitRules, file }, { repository: { faults } }) => {
    if (faults.some((fault) => fault.rule === 'alertmanager/invalid-matcher' && fault.at.file === file)) return [];
    return inhibitRules
      .filter(({ source, target }) => textOf(source) === textOf(target))
      .map(({ source, at }) => ({
        at,
        message: `Both sides of this inhibition are "${textOf(source)}", and no alert that has both sides mutes another, so it never mutes anything`,
        hint: 'Write what mutes as the source and what is muted as the target',
        facts: { matchers: textOf(source) },
      }));
  },
});
