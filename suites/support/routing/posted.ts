import { createHash, randomUUID } from 'node:crypto';
import { type AlertmanagerConfig, groupOf, type Labels, type Route, routesFor } from '../../../src/index.ts';

/** An integration where a message must arrive: `receiver/kind/index`. */
export interface Place {
  readonly key: string;
  readonly kind: string;
  readonly sendResolved: boolean;
}

/** An alert as the suite posts it. */
export interface Posted {
  /** The claim it is posted for. */
  readonly claim: string;
  /** Its name in messages, unlike that of any other. */
  readonly id: string;
  /** `target` is posted after the others and must be mute as long as its source fires. */
  readonly role: 'alert' | 'companion' | 'source' | 'target';
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly routes: readonly Route[];
  readonly receivers: readonly string[];
  readonly places: readonly Place[];
}

/** What is needed to post an alert: `scene` keeps those of different claims from muting each other. */
export interface Cast {
  readonly claim: string;
  readonly role: Posted['role'];
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly scene?: string;
}

/** A lab may be asked more than once, and remembers what arrived before. */
const here = randomUUID();

/** Gives alerts their names, and says where each has to arrive. */
export function castFor(config: AlertmanagerConfig, first: number): (cast: Cast) => Posted {
  let count = first;
  return ({ claim, role, labels, annotations, scene }) => {
    const id = `case-${count}-${createHash('sha256').update(`${here} ${claim} ${role}`).digest('hex').slice(0, 8)}`;
    count += 1;
    const whole = { ...labels, stackproof_case: id, stackproof_scene: scene ?? id };
    const routes = routesFor(config, whole);
    const names = [...new Set(routes.map((route) => route.receiver))].sort();
    return { claim, id, role, labels: whole, annotations, routes, receivers: names, places: placesOf(config, names) };
  };
}

/** The integrations of receivers. */
export function placesOf(config: AlertmanagerConfig, names: readonly string[]): Place[] {
  return config.receivers
    .filter((receiver) => names.includes(receiver.name))
    .flatMap(({ name, integrations }) =>
      integrations.map(({ kind, index, sendResolved }) => ({ key: `${name}/${kind}/${index}`, kind, sendResolved })),
    );
}

/** The groups in which an alert is notified, one for each of its routes. */
export function groupsOf({ routes, labels }: Pick<Posted, 'routes' | 'labels'>): string[] {
  return routes.map((route) => groupOf(route, labels));
}

/** An alert's labels as a message of ours names them: without the names that the lab gave it. */
export function labelText({ labels }: Pick<Posted, 'labels'>): string {
  const own = Object.entries(labels).filter(([name]) => !name.startsWith('stackproof_') && name !== 'alertname');
  return `{${own
    .sort()
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}}`;
}
