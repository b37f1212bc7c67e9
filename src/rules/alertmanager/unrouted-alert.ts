import type { AlertmanagerConfig, Receiver, Route } from '../../model/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import type { AlertRule, RuleGroup } from '../../model/prometheus.ts';
import { listAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { mayDrop } from '../support/alert-relabelling.ts';
import { sendsTo } from '../support/alert-sources.ts';
import { isWhole, type RoutedAlert, routedAlerts } from '../support/alert-ways.ts';
import { quoteAll } from '../support/quote.ts';
import { receiversOf } from '../support/reachable.ts';
import { remembered } from '../support/remembered.ts';

/** Receivers that are there to drop what is not wanted say so in their name: Alertmanager has no other way to drop. */
const dropsByName = /^(dev)?[-_/]?(null|nil|none|no-?op|void|black-?hole|drop(ped)?|discard(ed)?|ignored?|trash)$/i;

/**
 * An alert whose every possible receiver has no integration is shown in Alertmanager and told to nobody. Labels that
 * come from the series are not known: an alert counts as routed where one of its possible routes ends in an integration.
 */
export const unroutedAlert = defineRule({
  id: 'alertmanager/unrouted-alert',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every alert can reach a receiver that tells somebody.',
  check: (prometheus, context) => {
    if (mayDrop(listAt(prometheus.value, 'alerting', 'alert_relabel_configs'))) return [];
    const own = new Set<Rule>(prometheus.ruleGroups.flatMap(({ rules }) => rules));
    return context.stack.alertmanager
      .filter((config) => sendsTo(context, prometheus, config.service) === 'yes' && isWhole(config, context))
      .flatMap((config) => {
        const alerts = routedAlerts(config, context).filter(({ rule }) => own.has(rule));
        const lost = alerts.flatMap((alert) => lostOf(config, alert));
        return [...Map.groupBy(lost, ({ key }) => key).values()].flatMap(draft);
      });
  },
});

type Rule = RuleGroup['rules'][number];

/** An alert that nobody hears of, and what is the same of others: where it ends, and whether that is certain. */
interface Lost {
  readonly rule: AlertRule;
  readonly receivers: readonly Receiver[];
  readonly likely: boolean;
  readonly key: string;
}

function lostOf(config: AlertmanagerConfig, { rule, ways, likelyWays }: RoutedAlert): Lost[] {
  const certain = silentReceivers(config, ways.ends);
  const receivers = certain ?? silentReceivers(config, likelyWays.ends);
  if (receivers === undefined) return [];
  const likely = certain === undefined;
  return [{ rule, receivers, likely, key: JSON.stringify([likely, receivers.map(({ name }) => name)]) }];
}

const silences = remembered((_: AlertmanagerConfig) => new Map<readonly Route[], readonly Receiver[]>());

/** The receivers of these routes, where none of them tells anybody. Thousands of alerts end in the same routes. */
function silentReceivers(config: AlertmanagerConfig, ends: readonly Route[]): readonly Receiver[] | undefined {
  const known = silences(config);
  const before = known.get(ends);
  const receivers = before ?? receiversOf(config, ends);
  if (before === undefined) known.set(ends, receivers);
  return receivers.length > 0 && receivers.every(({ integrations }) => integrations.length === 0)
    ? receivers
    : undefined;
}

/** One finding for all alerts that end at the same receivers. */
function draft(lost: readonly Lost[]): FindingDraft[] {
  const [first, ...others] = lost;
  if (first === undefined) return [];
  const { receivers, likely } = first;
  const names = receivers.map(({ name }) => name);
  const dropped = names.every((name) => dropsByName.test(name));
  const alerts = lost.map(({ rule }) => rule.name);
  const who = others.length === 0 ? `Alert ${quoteAll(alerts)} only reaches` : `Alerts ${quoteAll(alerts)} only reach`;
  const which =
    names.length === 1 ? `receiver ${quoteAll(names)}, which has` : `receivers ${quoteAll(names)}, which have`;
  return [
    {
      at: placeOf(first),
      ...(dropped ? { severity: 'info' as const } : likely ? { severity: 'warning' as const } : {}),
      message: `${who} the ${which} no integration, so nobody is told${likely ? ' unless their series have labels that a route asks for' : ''}`,
      related: [
        ...receivers.slice(0, 3).map(({ at }) => ({ at, note: 'the receiver without an integration' })),
        ...others.slice(0, 20).map((other) => ({ at: placeOf(other), note: `alert "${other.rule.name}"` })),
      ],
      ...(dropped ? {} : { hint: 'Give the receiver an integration, or the alert a route to one that has' }),
      facts: { alerts, receivers: names },
    },
  ];
}

function placeOf({ rule: { at } }: Lost): Place {
  return { ...at, pointer: [...(at.pointer ?? []), 'alert'] };
}
