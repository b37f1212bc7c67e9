import type { IncomingAlert } from './alert-sources.ts';

/** What is known of one label over all alerts. */
export interface LabelValues {
  /** The first alert with each value, in order; an absent label is not among them. */
  readonly first: ReadonlyMap<string, IncomingAlert>;
  /** Whether some alert may have any value at all. */
  readonly open: boolean;
}

/** The values the alerts give a label, by all appearance. */
export function labelValues(alerts: readonly IncomingAlert[], label: string): LabelValues {
  const first = new Map<string, IncomingAlert>();
  let open = false;
  for (const alert of alerts) {
    const values = alert.likely(label);
    if (values === undefined) open = true;
    for (const value of values ?? []) if (value !== '' && !first.has(value)) first.set(value, alert);
  }
  return { first, open };
}
