import type { AlertmanagerConfig } from '../../model/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import type { AlertRule, PrometheusConfig } from '../../model/prometheus.ts';
import { isTemplate } from '../../query/template-labels.ts';
import { listAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { possibleRoutes, receiversOf, type StaticLabels } from '../support/reachable.ts';

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
  check: (rule, { stack, prometheus }) => {
    const rewritten = listAt(prometheus.value, 'alerting', 'alert_relabel_configs').length > 0;
    const labels = labelsOf(rule, prometheus);
    return rewritten ? [] : stack.alertmanager.flatMap((config) => judged(config, rule, labels));
  },
});

function labelsOf(rule: AlertRule, { externalLabels }: PrometheusConfig): StaticLabels {
  const written = { ...externalLabels, ...rule.labels, alertname: rule.name };
  const known = Object.fromEntries(
    Object.entries(written).filter(([, value]) => !isTemplate(value) && !value.includes('$')),
  );
  return { known, open: (label) => !Object.hasOwn(known, label) };
}

function judged(config: AlertmanagerConfig, rule: AlertRule, labels: StaticLabels): FindingDraft[] {
  const routes = possibleRoutes(config, labels);
  const receivers = receiversOf(config, routes);
  if (routes.length === 0 || receivers.length === 0) return [];
  if (receivers.some((receiver) => receiver.integrations.length > 0)) return [];
  const names = receivers.map((receiver) => receiver.name);
  const dropped = names.every((name) => dropsByName.test(name));
  const which =
    names.length === 1 ? `receiver ${quoteAll(names)}, which has` : `receivers ${quoteAll(names)}, which have`;
  return [
    {
      at: { ...rule.at, pointer: [...(rule.at.pointer ?? []), 'alert'] },
      ...(dropped ? { severity: 'info' as const } : {}),
      message: `Alert "${rule.name}" only reaches the ${which} no integration, so nobody is told`,
      related: receivers
        .slice(0, 3)
        .map((receiver) => ({ at: receiver.at, note: 'the receiver without an integration' })),
      ...(dropped ? {} : { hint: 'Give the receiver an integration, or the alert a route to one that has' }),
      facts: { alert: rule.name, receivers: names },
    },
  ];
}
