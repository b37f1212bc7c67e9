import { durationSeconds } from '../../model/duration.ts';

/** Seconds of a configuration value that should be a duration; undefined where it is none. */
export function seconds(value: unknown): number | undefined {
  if (typeof value !== 'string') return value === 0 ? 0 : undefined;
  return durationSeconds(value);
}
