import type { IncomingAlert } from './alert-sources.ts';
import { remembered } from './remembered.ts';

/** What is known of one label over all alerts. */
export interface LabelValues {
  /** The first alert with each value, in order; an absent label is not among them. */
  readonly first: ReadonlyMap<string, IncomingAlert>;
  /** Whether some alert may have any value at all. */
  readonly open: boolean;
}

const known = remembered((_: readonly IncomingAlert[]) => new Map<string, LabelValues>());

/** The values the alerts give a label, by all appearance. */
export function labelValues(alerts: readonly IncomingAlert[], label: string): LabelValues {
  const before = known(alerts).get(label);
  if (before !== undefined) return before;
  const values = valuesOf(alerts, label);
  known(alerts).set(label, values);
  return values;
}

function valuesOf(alerts: readonly IncomingAlert[], label: string): LabelValues {
  const first = new Map<string, IncomingAlert>();
  let open = false;
  for (const alert of alerts) {
    const values = alert.likely(label);
    if (values === undefined) open = true;
    for (const value of values ?? []) if (value !== '' && !first.has(value)) first.set(value, alert);
  }
  return { first, open };
}
