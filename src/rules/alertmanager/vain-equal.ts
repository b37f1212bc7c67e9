import type { InhibitRule } from '../../model/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { mentions, targetLabels } from '../support/alert-labels.ts';
import { type IncomingAlert, incomingAlerts } from '../support/alert-sources.ts';
import { isWhole } from '../support/alert-ways.ts';
import { textOf } from '../support/matcher-text.ts';
import { quoteAll } from '../support/quote.ts';
import { truthOf } from '../support/reachable.ts';

/**
 * A label that is missing on both sides counts as equal, so it holds nothing apart
 * (https://prometheus.io/docs/alerting/0.26/configuration/#inhibit_rule). Values that the two sides never share are never equal.
 */
export const vainEqual = defineRule({
  id: 'alertmanager/vain-equal',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'Every "equal" label of an inhibition is one that alerts of both sides can share.',
  check: (config, context) => {
    const { alerts, unknown } = incomingAlerts(config, context);
    if (unknown !== undefined || alerts.length === 0 || !isWhole(config, context)) return [];
    const found = config.inhibitRules.map((rule) => ({ rule, certain: drafts(rule, alerts) }));
    const others = found.filter(({ certain }) => certain.length === 0).map(({ rule }) => rule);
    return [...found.flatMap(({ certain }) => certain), ...nowhere(others, alerts)];
  },
});

function drafts(rule: InhibitRule, alerts: readonly IncomingAlert[]): FindingDraft[] {
  const sources = alerts.filter(({ labels }) => truthOf(rule.source, labels) !== 'no');
  const targets = alerts.filter(({ labels }) => truthOf(rule.target, labels) !== 'no');
  if (sources.length === 0 || targets.length === 0) return [];
  return rule.equal.flatMap((label, index): FindingDraft[] => {
    const [source, target] = [valuesOf(sources, label), valuesOf(targets, label)];
    if (source === undefined || target === undefined) return [];
    const absent = [...source, ...target].every((value) => value === '');
    if (!absent && [...source].some((value) => target.has(value))) return [];
    const message = absent
      ? `No alert of this inhibition has "${label}", and what is missing counts as equal, so "${textOf(rule.source)}" mutes "${textOf(rule.target)}" whatever it comes from`
      : `No alert of "${textOf(rule.source)}" has the same "${label}" as one of "${textOf(rule.target)}", so this inhibition never mutes anything`;
    return [
      {
        at: { ...rule.at, pointer: [...(rule.at.pointer ?? []), 'equal', index] },
        message,
        hint: 'Name a label that the alerts of both sides have, or give it to them',
        facts: { label, sources: sources.length, targets: targets.length },
      },
    ];
  });
}

/** Labels that no rule sets, asks for or prints, and no target has: whether the series bring them cannot be told. */
function nowhere(rules: readonly InhibitRule[], alerts: readonly IncomingAlert[]): FindingDraft[] {
  const found = rules.flatMap((rule) =>
    rule.equal.flatMap((label, index) => {
      const known = rule.equal.length === 1 ? alerts.some((alert) => mayBeKnown(alert, label)) : true;
      return known ? [] : [{ label, at: { ...rule.at, pointer: [...(rule.at.pointer ?? []), 'equal', index] } }];
    }),
  );
  const [first, ...others] = found;
  if (first === undefined) return [];
  const labels = [...new Set(found.map(({ label }) => label))];
  const which = labels.length === 1 ? `"${first.label}" is a label` : `${quoteAll(labels)} are labels`;
  return [
    {
      at: first.at,
      severity: 'info',
      message: `${which} that no rule and no target is seen to have; where the series have none either, everything counts as equal, which cannot be told`,
      related: others.map(({ at }) => ({ at, note: 'another such label' })),
      facts: { labels },
    },
  ];
}

function mayBeKnown({ rule, prometheus, labels }: IncomingAlert, label: string): boolean {
  const values = labels(label);
  if (values !== undefined) return values.some((value) => value !== '');
  const given = Object.hasOwn(rule.labels, label) || Object.hasOwn(prometheus.externalLabels, label);
  return given || targetLabels(prometheus)?.has(label) !== false || mentions(rule, label);
}

/** The values alerts give a label, `''` where it is absent; undefined where one may have any. */
function valuesOf(alerts: readonly IncomingAlert[], label: string): ReadonlySet<string> | undefined {
  const all = new Set<string>();
  for (const { labels } of alerts) {
    const values = labels(label);
    if (values === undefined) return undefined;
    for (const value of values) all.add(value);
  }
  return all;
}
