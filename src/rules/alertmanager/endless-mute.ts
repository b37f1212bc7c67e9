import type { FindingDraft } from '../../model/finding.ts';
import { isMapping } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { intervalUses, type NamedInterval, namedIntervals } from '../support/time-intervals.ts';

/**
 * A time interval without a limit is always, one without times is never
 * (https://prometheus.io/docs/alerting/0.26/configuration/#time_interval).
 */
export const endlessMute = defineRule({
  id: 'alertmanager/endless-mute',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'No route is muted at all times.',
  check: (config) => {
    const intervals = new Map(namedIntervals(config).map((one) => [one.name, one]));
    return intervalUses(config).flatMap(({ name, key, receiver, at }): FindingDraft[] => {
      const interval = intervals.get(name);
      if (interval === undefined) return [];
      const others = intervalUses(config).filter((use) => use.key === key && samePlace(use.at, at));
      const active = key === 'active_time_intervals';
      const wrong = active
        ? others.every((use) => isNever(intervals.get(use.name)))
          ? 'is never'
          : undefined
        : isAlways(interval)
          ? 'is always'
          : undefined;
      if (wrong === undefined) return [];
      return [
        {
          at,
          message: `Time interval "${name}" ${wrong}, so the route to "${receiver}" never tells anybody`,
          related: [{ at: interval.at, note: 'the time interval' }],
          hint: 'Give the interval times, or take the route away',
          facts: { interval: name, receiver },
        },
      ];
    });
  },
});

function isAlways({ entries }: NamedInterval): boolean {
  return entries.some(
    (entry) => isMapping(entry) && Object.entries(entry).every(([key, held]) => key === 'location' || held === null),
  );
}

function isNever(interval: NamedInterval | undefined): boolean {
  return interval?.entries.length === 0;
}

/** Two names of one list of one route. */
function samePlace(
  one: { readonly pointer?: readonly unknown[] },
  other: { readonly pointer?: readonly unknown[] },
): boolean {
  return JSON.stringify(one.pointer?.slice(0, -1)) === JSON.stringify(other.pointer?.slice(0, -1));
}
