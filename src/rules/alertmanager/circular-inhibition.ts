import type { InhibitRule } from '../../model/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { type IncomingAlert, incomingAlerts } from '../support/alert-sources.ts';
import { isWhole } from '../support/alert-ways.ts';
import { textOf } from '../support/matcher-text.ts';
import { truthOf } from '../support/reachable.ts';

/**
 * An alert that is muted itself still mutes others: two that mute each other are both silent when both fire
 * (https://prometheus.io/docs/alerting/0.26/configuration/#inhibit_rule).
 */
export const circularInhibition = defineRule({
  id: 'alertmanager/circular-inhibition',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'No two inhibitions mute the alerts of each other.',
  check: (config, context) => {
    if (!isWhole(config, context)) return [];
    const { alerts } = incomingAlerts(config, context);
    const rules = config.inhibitRules;
    return rules.flatMap((one, index) =>
      rules.slice(index + 1).flatMap((other): FindingDraft[] => {
        const mirrored = textOf(one.source) === textOf(other.target) && textOf(one.target) === textOf(other.source);
        if (mirrored && textOf(one.source) === textOf(one.target)) return [];
        const pair = mirrored ? undefined : pairOf(one, other, alerts);
        if (!mirrored && pair === undefined) return [];
        const who =
          pair === undefined
            ? `What is "${textOf(one.source)}" and what is "${textOf(one.target)}"`
            : `Alerts "${pair[0]}" and "${pair[1]}"`;
        return [
          {
            at: other.at,
            message: `${who} mute each other, so nobody is told when both fire`,
            related: [{ at: one.at, note: 'the other inhibition' }],
            hint: 'Let only the graver of the two mute the other',
            facts: { source: textOf(other.source), target: textOf(other.target) },
          },
        ];
      }),
    );
  },
});

/** Two alerts that surely are source of the one and target of the other inhibition, each the other way round. */
function pairOf(one: InhibitRule, other: InhibitRule, alerts: readonly IncomingAlert[]): [string, string] | undefined {
  if (one.equal.length > 0 || other.equal.length > 0) return undefined;
  const first = alerts.find(({ labels }) => isOnly(labels, one, other));
  const second = first === undefined ? undefined : alerts.find(({ labels }) => isOnly(labels, other, one));
  return first === undefined || second === undefined ? undefined : [first.rule.name, second.rule.name];
}

function isOnly(labels: IncomingAlert['labels'], source: InhibitRule, target: InhibitRule): boolean {
  const inBoth = truthOf(source.source, labels) === 'yes' && truthOf(target.target, labels) === 'yes';
  return inBoth && truthOf(source.target, labels) === 'no' && truthOf(target.source, labels) === 'no';
}
