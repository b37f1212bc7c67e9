import type { FindingDraft } from '../../model/finding.ts';
import { wordsOf } from '../../query/word-list.ts';
import { defineRule } from '../define-rule.ts';
import { incomingAlerts } from '../support/alert-sources.ts';
import { passedRoutes, routedAlerts, routesBelow } from '../support/alert-ways.ts';
import { labelValues } from '../support/label-values.ts';
import { misspelt } from '../support/misspelt.ts';
import { quoteAll } from '../support/quote.ts';

/**
 * A list of values in a matcher hides one that no alert has: the route is taken for the others, and the misspelt one
 * is missed. A list written for rules to come is no mistake, so only a near miss is more than a note.
 */
export const unmatchedValue = defineRule({
  id: 'alertmanager/unmatched-value',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'Every value of a list in a route is one that some alert has.',
  check: (config, context) => {
    const { alerts, unknown } = incomingAlerts(config, context);
    if (unknown !== undefined || alerts.length === 0) return [];
    const passed = passedRoutes(routedAlerts(config, context)).likely;
    return routesBelow(config.route)
      .filter((route) => passed.has(route))
      .flatMap((route) =>
        route.matchers.flatMap(({ label, op, value }): FindingDraft[] => {
          const words = op === '=~' ? wordsOf(value) : undefined;
          if (words === undefined || words.length < 2) return [];
          const { first, open } = labelValues(alerts, label);
          if (open) return [];
          const idle = words.filter((word) => !first.has(word));
          if (idle.length === 0) return [];
          const given = [...first.keys()];
          const meant = idle
            .map((word) =>
              misspelt(
                word,
                given.filter((one) => !words.includes(one)),
              ),
            )
            .find(Boolean);
          return [
            {
              at: route.at,
              ...(meant === undefined ? { severity: 'info' as const } : {}),
              message: `The route to "${route.receiver}" asks for "${label}" ${quoteAll(idle)}, which no alert has: they have ${quoteAll(given)}`,
              ...(meant === undefined ? {} : { hint: `Write "${meant}" if that is meant` }),
              facts: { receiver: route.receiver, label, values: idle, known: given },
            },
          ];
        }),
      );
  },
});
