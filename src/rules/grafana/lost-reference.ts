import type { FindingDraft } from '../../model/finding.ts';
import type { ManagedAlert } from '../../model/grafana.ts';
import { defineRule } from '../define-rule.ts';
import { referencesOf } from './alert-graph.ts';

/** An alert rule is a graph of queries and expressions, joined by refId (https://grafana.com/docs/grafana/v10.2/alerting/fundamentals/alert-rules/queries-conditions/). */
export const lostReference = defineRule({
  id: 'grafana/lost-reference',
  severity: 'error',
  over: 'grafana',
  claim: 'Every refId that an alert rule of Grafana works on is one it has.',
  check: ({ alerts = [] }) => alerts.flatMap((alert) => [...condition(alert), ...expressions(alert)]),
});

function condition({ condition: wanted, queries, title, at }: ManagedAlert): FindingDraft[] {
  if (wanted === '' || queries.length === 0 || wanted.includes('$') || queries.some(({ refId }) => refId === wanted))
    return [];
  return [
    {
      at: { ...at, pointer: [...(at.pointer ?? []), 'condition'] },
      message: `Alert "${title}" is decided by "${wanted}", and no query of it has this refId, so every evaluation fails`,
      hint: `Name one that is there: ${queries.map(({ refId }) => refId).join(', ')}`,
      facts: { alert: title, refId: wanted },
    },
  ];
}

function expressions({ queries, title }: ManagedAlert): FindingDraft[] {
  const known = new Set(queries.map(({ refId }) => refId));
  return queries.flatMap((query) =>
    referencesOf(query).flatMap(({ refId, route }): FindingDraft[] => {
      const own = refId === query.refId;
      if (!own && known.has(refId)) return [];
      const what = own ? 'works on itself' : `works on "${refId}", and no query has this refId`;
      return [
        {
          at: { ...query.at, pointer: [...(query.at.pointer ?? []), ...route] },
          message: `Expression "${query.refId}" of alert "${title}" ${what}, so every evaluation fails`,
          hint: `Name one that is there: ${[...known].filter((one) => one !== query.refId).join(', ')}`,
          facts: { alert: title, refId },
        },
      ];
    }),
  );
}
