import type { GrafanaConfig } from '../../model/grafana.ts';
import { textValue } from '../../read/values.ts';
import { type Entry, entriesOf, itemsOf, orgOf } from './around.ts';

/** A way that a contact point sends. */
export interface Integration {
  readonly contactPoint: string;
  readonly type: string;
  readonly entry: Entry;
}

/** Every integration of every provisioned contact point. */
export function integrationsOf(grafana: GrafanaConfig): Integration[] {
  return entriesOf(grafana, 'alerting', 'contactPoints').flatMap(({ value, at }) =>
    itemsOf(at, value, 'receivers').map((entry) => ({
      contactPoint: textValue(value, 'name') ?? '',
      type: textValue(entry.value, 'type') ?? '',
      entry,
    })),
  );
}

/** A notification policy, those inside of others included. */
export function policiesOf(grafana: GrafanaConfig): { readonly entry: Entry; readonly org: string }[] {
  const below = (entry: Entry): Entry[] => [entry, ...itemsOf(entry.at, entry.value, 'routes').flatMap(below)];
  return entriesOf(grafana, 'alerting', 'policies').flatMap((policy) =>
    below(policy).map((entry) => ({ entry, org: orgOf(policy) })),
  );
}
