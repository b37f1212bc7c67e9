import { pairMethods } from '../../catalog/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { incomingAlerts } from '../support/alert-sources.ts';
import { isWhole, type RoutedAlert, routedAlerts } from '../support/alert-ways.ts';
import { misspelt } from '../support/misspelt.ts';
import { templatedTexts } from '../support/template-texts.ts';

/**
 * An annotation or a label that an alert does not have is printed as nothing
 * (https://prometheus.io/docs/alerting/0.26/notifications/#kv). Annotations come from the rules alone.
 */
export const unsetAnnotation = defineRule({
  id: 'alertmanager/unset-annotation',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'Every annotation and label that a receiver prints is one that some alert sent to it has.',
  check: (config, context) => {
    if (incomingAlerts(config, context).unknown !== undefined || !isWhole(config, context)) return [];
    const alerts = routedAlerts(config, context);
    return templatedTexts(config).flatMap(({ receiver, key, at, parsed: { fields } }) => {
      const own = alerts.filter(({ ways }) => ways.ends.some((end) => end.receiver === receiver.name));
      return (own.length === 0 ? [] : fields).flatMap(({ path: [first, name], span, inside }): FindingDraft[] => {
        const isOne = name !== undefined && inside === undefined && !pairMethods.has(name);
        if (!isOne || !isUnset(first, name, own)) return [];
        const isOptional = fields.some(({ isAsked, path }) => isAsked && path.at(-1) === name);
        const kind = first?.endsWith('Annotations') ? 'annotation' : 'label';
        const meant = misspelt(
          name,
          new Set(own.flatMap(({ rule }) => Object.keys(kind === 'label' ? rule.labels : rule.annotations))),
        );
        // A template that asks for it is made for alerts with it and without.
        if (isOptional && meant === undefined) return [];
        return [
          {
            at: { ...at, span },
            message: `"${first}.${name}" in "${key}" of receiver "${receiver.name}" is always empty, for none of the ${own.length} alerts that may come to it has that ${kind}`,
            hint:
              meant === undefined
                ? `Give the alerts the ${kind}, or do not print it`
                : `Write "${meant}" if that is meant`,
            facts: { receiver: receiver.name, key, name },
          },
        ];
      });
    });
  },
});

function isUnset(first: string | undefined, name: string, alerts: readonly RoutedAlert[]): boolean {
  if (first === 'CommonAnnotations' || first === 'Annotations')
    return alerts.every(({ rule }) => !Object.hasOwn(rule.annotations, name));
  if (first !== 'CommonLabels' && first !== 'Labels') return false;
  return alerts.every(({ labels }) => labels(name)?.every((value) => value === '') === true);
}
