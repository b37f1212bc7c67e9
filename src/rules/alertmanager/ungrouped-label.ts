import { pairMethods } from '../../catalog/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { routesBelow } from '../support/alert-ways.ts';
import { quoteAll } from '../support/quote.ts';
import { templatedTexts } from '../support/template-texts.ts';

/** `.GroupLabels` has the labels that a route groups by, and no other (https://prometheus.io/docs/alerting/0.26/notifications/#data). */
export const ungroupedLabel = defineRule({
  id: 'alertmanager/ungrouped-label',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'Every group label that a receiver prints is one that its routes group by.',
  check: (config) => {
    const routes = routesBelow(config.route);
    return templatedTexts(config).flatMap(({ receiver, key, at, parsed: { fields } }) => {
      const own = routes.filter((route) => route.receiver === receiver.name);
      const grouped = new Set(own.flatMap((route) => route.groupBy));
      if (own.length === 0 || grouped.has('...')) return [];
      return fields.flatMap(({ path: [first, label], span, dot, inside }): FindingDraft[] => {
        const isLabel = first === 'GroupLabels' && label !== undefined && !pairMethods.has(label);
        if (!isLabel || dot === 'alert' || inside !== undefined || grouped.has(label)) return [];
        const by = grouped.size === 0 ? 'no label' : `only ${quoteAll([...grouped])}`;
        return [
          {
            at: { ...at, span },
            message: `"GroupLabels.${label}" in "${key}" of receiver "${receiver.name}" is always empty, for its routes group by ${by}`,
            related: own.slice(0, 2).map((route) => ({ at: route.at, note: 'a route to it' })),
            hint: `Write "CommonLabels.${label}", or group by it`,
            facts: { receiver: receiver.name, key, label },
          },
        ];
      });
    });
  },
});
