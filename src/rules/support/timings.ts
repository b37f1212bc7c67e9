import type { Route } from '../../model/alertmanager.ts';
import { durationSeconds } from '../../model/duration.ts';
import { textValue } from '../../read/values.ts';

/** The three times of a route as they are in force, with what the route itself writes of them. */
export interface Timing {
  readonly route: Route;
  readonly wait: string;
  readonly group: string;
  readonly repeat: string;
  readonly written: readonly ('group_wait' | 'group_interval' | 'repeat_interval')[];
}

type Times = Pick<Timing, 'wait' | 'group' | 'repeat'>;

const defaults: Times = { wait: '30s', group: '5m', repeat: '4h' };
const keys = ['group_wait', 'group_interval', 'repeat_interval'] as const;

/** The times of every route, those inherited included (https://prometheus.io/docs/alerting/0.26/configuration/#route). */
export function timingsOf(route: Route | undefined, above: Times = defaults): Timing[] {
  if (route === undefined) return [];
  const own = (key: (typeof keys)[number]): string | undefined => textValue(route.value, key);
  const times = {
    wait: own('group_wait') ?? above.wait,
    group: own('group_interval') ?? above.group,
    repeat: own('repeat_interval') ?? above.repeat,
  };
  const written = keys.filter((key) => own(key) !== undefined);
  return [{ route, ...times, written }, ...route.routes.flatMap((child) => timingsOf(child, times))];
}

/** Seconds of two durations, where both are durations. */
export function bothSeconds(one: string, other: string): readonly [number, number] | undefined {
  const [first, second] = [durationSeconds(one), durationSeconds(other)];
  return first === undefined || second === undefined ? undefined : [first, second];
}
