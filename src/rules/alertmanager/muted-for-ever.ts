import type { InhibitRule } from '../../model/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { outcomeOf } from '../../query/promql-filter.ts';
import { defineRule } from '../define-rule.ts';
import { type IncomingAlert, incomingAlerts } from '../support/alert-sources.ts';
import { isWhole } from '../support/alert-ways.ts';
import { quoteAll } from '../support/quote.ts';
import { truthOf } from '../support/reachable.ts';

/** Most expressions show at once that they ask for series. */
const mayBeConstant = /\b(?:vector|time|pi|scalar)\s*\(|^[\s\d.()+*/-]+$/;

/**
 * A source that fires all the time, as a watchdog does, mutes its targets all the time
 * (https://prometheus.io/docs/alerting/0.26/configuration/#inhibit_rule).
 */
export const mutedForEver = defineRule({
  id: 'alertmanager/muted-for-ever',
  severity: 'error',
  over: 'alertmanager',
  claim: 'No inhibition has a source that always fires.',
  check: (config, context) => {
    if (!isWhole(config, context)) return [];
    const { alerts } = incomingAlerts(config, context);
    // One watchdog is usual and some are possible; what is true of them is true of the next.
    const constant = alerts
      .filter(({ rule: { expr } }) => mayBeConstant.test(expr.value) && outcomeOf(expr.value) === 'always')
      .slice(0, 20);
    return constant.flatMap((source) => config.inhibitRules.flatMap((rule) => draft(rule, source, alerts)));
  },
});

function draft(rule: InhibitRule, source: IncomingAlert, alerts: readonly IncomingAlert[]): FindingDraft[] {
  if (truthOf(rule.source, source.labels) !== 'yes') return [];
  const twoSided = truthOf(rule.target, source.labels);
  const muted = alerts.filter((target) => {
    if (target === source || truthOf(rule.target, target.labels) !== 'yes') return false;
    // An alert that has both sides is not muted by another that has both.
    if (twoSided !== 'no' && truthOf(rule.source, target.labels) !== 'no') return false;
    return rule.equal.every((label) => isEqual(source.labels(label), target.labels(label)));
  });
  if (muted.length === 0) return [];
  const names = [...new Set(muted.map((target) => target.rule.name))];
  return [
    {
      at: rule.at,
      message: `"${source.rule.name}" always fires and mutes ${quoteAll(names)}, so nobody is ever told of ${names.length === 1 ? 'it' : 'them'}`,
      related: [{ at: source.rule.at, note: 'the source, which always fires' }],
      hint: 'Take the alert that always fires out of the source',
      facts: { source: source.rule.name, muted: names },
    },
  ];
}

function isEqual(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  return one?.length === 1 && other?.length === 1 && one[0] === other[0];
}
