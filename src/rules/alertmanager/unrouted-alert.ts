import type { AlertmanagerConfig, Route } from '../../model/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import type { AlertRule } from '../../model/prometheus.ts';
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
  over: 'alert-rule',
  claim: 'Every alert can reach a receiver that tells somebody.',
  check: (rule, context) => {
    const { stack, prometheus } = context;
    if (mayDrop(listAt(prometheus.value, 'alerting', 'alert_relabel_configs'))) return [];
    const told = stack.alertmanager.filter((config) => sendsTo(context, prometheus, config.service) === 'yes');
    return told.flatMap((config) => {
      if (!isWhole(config, context)) return [];
      const alert = alertsByRule(routedAlerts(config, context)).get(rule);
      return alert === undefined ? [] : judged(config, alert);
    });
  },
});

const alertsByRule = remembered((alerts: readonly RoutedAlert[]) => {
  return new Map(alerts.map((alert) => [alert.rule, alert]));
});

function judged(config: AlertmanagerConfig, { rule, ways, likelyWays }: RoutedAlert): FindingDraft[] {
  if (tellsNobody(config, ways.ends)) return draft(config, rule, ways.ends, false);
  return tellsNobody(config, likelyWays.ends) ? draft(config, rule, likelyWays.ends, true) : [];
}

function tellsNobody(config: AlertmanagerConfig, ends: readonly Route[]): boolean {
  const receivers = receiversOf(config, ends);
  return receivers.length > 0 && receivers.every(({ integrations }) => integrations.length === 0);
}

function draft(config: AlertmanagerConfig, rule: AlertRule, ends: readonly Route[], likely: boolean): FindingDraft[] {
  const receivers = receiversOf(config, ends);
  const names = receivers.map((receiver) => receiver.name);
  const dropped = names.every((name) => dropsByName.test(name));
  const which =
    names.length === 1 ? `receiver ${quoteAll(names)}, which has` : `receivers ${quoteAll(names)}, which have`;
  return [
    {
      at: { ...rule.at, pointer: [...(rule.at.pointer ?? []), 'alert'] },
      ...(dropped ? { severity: 'info' as const } : likely ? { severity: 'warning' as const } : {}),
      message: `Alert "${rule.name}" only reaches the ${which} no integration, so nobody is told${likely ? ' unless its series have labels that a route asks for' : ''}`,
      related: receivers
        .slice(0, 3)
        .map((receiver) => ({ at: receiver.at, note: 'the receiver without an integration' })),
      ...(dropped ? {} : { hint: 'Give the receiver an integration, or the alert a route to one that has' }),
      facts: { alert: rule.name, receivers: names },
    },
  ];
}
