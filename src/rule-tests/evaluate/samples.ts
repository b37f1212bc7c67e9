import type { VectorSelector } from '../../query/promql-tree.ts';
import { indexAt, timeOf, valueAt } from '../shape.ts';
import { meantBy, type World } from '../world.ts';
import { type Element, keyOf, type Points } from './value.ts';

/** The time a range spans in seconds, both ends being part of it. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** The samples of a selector within a window. */
export function sampled(selector: VectorSelector, world: World, { start, end }: Window): Points[] {
  const from = Math.max(0, Math.ceil((start - world.clock.first) / world.clock.spacing - 1e-9));
  const to = indexAt(world.clock, end);
  world.work.left -= 5;
  return meantBy(world, selector).flatMap((series) => {
    const shape = world.shapes[series];
    const times: number[] = [];
    const values: number[] = [];
    for (let index = from; index <= to && shape !== undefined; index += 1) {
      const value = valueAt(shape, world.clock, index);
      if (value === undefined) continue;
      times.push(timeOf(world.clock, index));
      values.push(value);
    }
    world.work.left -= values.length;
    return values.length === 0 ? [] : [{ labels: world.series[series] ?? {}, times, values }];
  });
}

/** A subquery's steps are multiples of its step, whatever the time it is asked at. */
export function stepped({ start, end }: Window, step: number, ask: (time: number) => readonly Element[]): Points[] {
  const found = new Map<string, { labels: Element['labels']; times: number[]; values: number[] }>();
  for (let at = Math.max(0, Math.ceil(start / step - 1e-9)) * step; at <= end + 1e-9; at += step) {
    for (const { labels, value } of ask(at)) {
      const points = found.get(keyOf(labels)) ?? { labels, times: [], values: [] };
      points.times.push(at);
      points.values.push(value);
      found.set(keyOf(labels), points);
    }
  }
  return [...found.values()];
}
