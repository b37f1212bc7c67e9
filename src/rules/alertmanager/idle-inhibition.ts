import type { InhibitRule, Matcher } from '../../model/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { type IncomingAlert, incomingAlerts } from '../support/alert-sources.ts';
import { isWhole } from '../support/alert-ways.ts';
import { labelValues } from '../support/label-values.ts';
import { textOf } from '../support/matcher-text.ts';
import { misspelt } from '../support/misspelt.ts';
import { quoteAll } from '../support/quote.ts';
import { matcherTruth, truthOf } from '../support/reachable.ts';

/**
 * An inhibition works between alerts that have its source and alerts that have its target; where no alert can have one
 * of the two it never does anything (https://prometheus.io/docs/alerting/0.26/configuration/#inhibit_rule).
 */
export const idleInhibition = defineRule({
  id: 'alertmanager/idle-inhibition',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'Both sides of every inhibition are ones that some alert can have.',
  check: (config, context) => {
    const { alerts, unknown } = incomingAlerts(config, context);
    if (alerts.length === 0 || !isWhole(config, context)) return [];
    const found = config.inhibitRules.flatMap((rule) => draft(rule, alerts) ?? []);
    const [first, ...others] = found;
    if (unknown === undefined || first === undefined) return found;
    return [
      {
        at: first.at,
        severity: 'info',
        message: `${first.message.replace(/, so .*$/, '')} that is known; ${unknown}, so whether it works cannot be told`,
        related: others.map(({ at }) => ({ at, note: 'another such inhibition' })),
      },
    ];
  },
});

function draft(rule: InhibitRule, alerts: readonly IncomingAlert[]): FindingDraft | undefined {
  const side = (['source', 'target'] as const).find((name) =>
    alerts.every(({ labels }) => truthOf(rule[name], labels) === 'no'),
  );
  if (side === undefined) return undefined;
  const wrong = rule[side].find((matcher) => alerts.every(({ labels }) => matcherTruth(matcher, labels) === 'no'));
  const meant = wrong === undefined ? undefined : misspelt(wrong.value, labelValues(alerts, wrong.label).first.keys());
  return {
    at: rule.at,
    message: `The ${side} "${textOf(rule[side])}" of this inhibition is no alert${known(wrong, alerts)}, so it never mutes anything`,
    hint:
      meant === undefined
        ? 'Name an alert that there is, or take the inhibition away'
        : `Write "${meant}" if that is meant`,
    facts: { side, matchers: textOf(rule[side]) },
  };
}

function known(wrong: Matcher | undefined, alerts: readonly IncomingAlert[]): string {
  if (wrong === undefined || wrong.label === 'alertname') return '';
  const given = [...labelValues(alerts, wrong.label).first.keys()];
  return given.length === 0 ? ` (none has "${wrong.label}")` : ` ("${wrong.label}" is ${quoteAll(given)})`;
}
