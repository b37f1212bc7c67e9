import type { NodeKind } from '../../../model/graph.ts';

/** Which rules speak of a kind of node: of an edge that nobody meets, and of a node that nobody needs. */
export interface Owners {
  readonly dangling: readonly string[];
  /** Nothing is wrong with a node of some kinds that nobody names. */
  readonly unreferenced?: string;
}

/** The rules of the graph itself: they speak where no other rule does. */
export const danglingId = 'stack/dangling-edge';
export const unreferencedId = 'stack/unreferenced-node';

/** A kind has one owner for each question, so that nothing is said twice. */
export const owners: Readonly<Record<NodeKind, Owners>> = {
  service: { dangling: ['compose/undefined-dependency'] },
  network: { dangling: ['compose/undeclared-network'], unreferenced: unreferencedId },
  volume: { dangling: ['compose/undeclared-volume'], unreferenced: 'compose/unused-volume' },
  secret: { dangling: ['compose/undeclared-secret'], unreferenced: unreferencedId },
  config: { dangling: ['compose/undeclared-secret'], unreferenced: unreferencedId },
  file: { dangling: ['compose/missing-bind-source'] },
  'mounted file': { dangling: ['compose/missing-bind-source'], unreferenced: unreferencedId },
  metrics: { dangling: ['prometheus/dead-target'], unreferenced: unreferencedId },
  alerts: { dangling: ['prometheus/unsent-alerts', 'loki/dead-alertmanager'], unreferenced: unreferencedId },
  logs: { dangling: ['promtail/unknown-client'], unreferenced: unreferencedId },
  address: { dangling: [danglingId] },
  'rule file': { dangling: ['prometheus/missing-rule-file'], unreferenced: 'prometheus/unlisted-rule-file' },
  receiver: { dangling: ['alertmanager/undefined-receiver'], unreferenced: 'alertmanager/unused-receiver' },
  datasource: { dangling: ['grafana/unprovisioned-datasource'], unreferenced: unreferencedId },
};
