import type { AlertmanagerConfig } from '../../model/alertmanager.ts';
import type { Place } from '../../model/location.ts';
import { isMapping, listAt, textValue } from '../../read/values.ts';
import { routesBelow } from './alert-ways.ts';

/** A named time interval; `entries` are its times as they are written. */
export interface NamedInterval {
  readonly name: string;
  readonly entries: readonly unknown[];
  readonly at: Place;
}

/** A route's use of a time interval. */
export interface IntervalUse {
  readonly name: string;
  readonly key: 'mute_time_intervals' | 'active_time_intervals';
  readonly receiver: string;
  readonly at: Place;
}

/** The time intervals of both lists. */
export function namedIntervals({ file, value }: AlertmanagerConfig): NamedInterval[] {
  return ['mute_time_intervals', 'time_intervals'].flatMap((key) =>
    listAt(value, key).flatMap((one, index) => {
      const name = textValue(one, 'name');
      if (file === undefined || name === undefined || !isMapping(one)) return [];
      return [{ name, entries: listAt(one, 'time_intervals'), at: { file, pointer: [key, index] } }];
    }),
  );
}

/** Where routes name time intervals. */
export function intervalUses({ route: root }: AlertmanagerConfig): IntervalUse[] {
  return routesBelow(root).flatMap((route) =>
    (['mute_time_intervals', 'active_time_intervals'] as const).flatMap((key) =>
      listAt(route.value, key).map((name, index) => ({
        name: textValue(name) ?? '',
        key,
        receiver: route.receiver,
        at: { ...route.at, pointer: [...(route.at.pointer ?? []), key, index] },
      })),
    ),
  );
}
