import {
  type AlertmanagerConfig,
  type AlertSubject,
  alertSubjects,
  groupOf,
  type InhibitionSubject,
  inhibitingPair,
  inhibitionSubjects,
  routesFor,
} from '../../../src/index.ts';
import { run } from '../run.ts';
import { type RealAlert, realAlerts } from './label-sets.ts';
import { castFor, type Posted } from './posted.ts';

/** How many label sets are posted of one alert for each way it can be routed, and of all alerts together about. */
const perWay = 2;
const perAlert = 6;
const most = 300;

/** All that is posted to one Alertmanager. */
export interface Scene {
  readonly posted: readonly Posted[];
  /** Alerts that the relabelling on the way drops, whatever labels they have. */
  readonly dropped: ReadonlySet<string>;
  /** Inhibition rules for which no two real alerts agree on the labels that have to be equal. */
  readonly vain: ReadonlySet<string>;
}

/** Puts together what has to be posted to an Alertmanager for all claims about it. */
export async function sceneOf(config: AlertmanagerConfig): Promise<Scene> {
  const subjects = alertSubjects(run.stack).filter(({ alertmanager }) => alertmanager === config.service);
  const real = await realAlerts(subjects);
  const number = run.stack.alertmanager.findIndex(({ service }) => service === config.service);
  const cast = castFor(config, Math.max(number, 0) * 10_000);
  const room = Math.max(1, Math.min(perAlert, Math.floor(most / Math.max(subjects.length, 1))));
  const alerts = subjects.flatMap((subject) =>
    chosen(config, real.get(subject) ?? [], room).map((alert) =>
      cast({ ...alert, claim: subject.claim.id, role: 'alert' }),
    ),
  );
  const pairs = inhibitionSubjects(run.stack).filter(({ alertmanager }) => alertmanager === config.service);
  const muted = pairs.map((subject) => mutedPair(subject, subjects, real, cast));
  return {
    posted: [...alerts, ...companions(alerts, cast), ...muted.flat()],
    dropped: new Set(subjects.filter((one) => real.get(one)?.length === 0).map(({ claim }) => claim.id)),
    vain: new Set(pairs.filter((_, index) => muted[index]?.length === 0).map(({ claim }) => claim.id)),
  };
}

/** Some label sets of every way an alert can be routed: what goes the same way is not all posted. */
function chosen(config: AlertmanagerConfig, alerts: readonly RealAlert[], room: number): RealAlert[] {
  const ways = new Map<string, RealAlert[]>();
  for (const alert of alerts) {
    const way = JSON.stringify(routesFor(config, alert.labels).map((route) => route.at.pointer));
    const same = ways.get(way) ?? [];
    if (same.length < perWay) ways.set(way, [...same, alert]);
  }
  const first = [...ways.values()].flatMap(([alert]) => alert ?? []);
  const more = [...ways.values()].flatMap(([, ...rest]) => rest);
  return [...first, ...more].slice(0, room);
}

/** For each route one more alert in the group of another, so that there is a group of two. */
function companions(alerts: readonly Posted[], cast: ReturnType<typeof castFor>): Posted[] {
  const routes = new Map(alerts.flatMap((one) => one.routes.map((route) => [JSON.stringify(route.at.pointer), one])));
  return [...new Set(routes.values())].map(({ claim, labels, annotations }) => {
    const { stackproof_case: _case, stackproof_scene: _scene, ...own } = labels;
    return cast({ claim, labels: own, annotations, role: 'companion' });
  });
}

function mutedPair(
  { claim, rule }: InhibitionSubject,
  subjects: readonly AlertSubject[],
  real: ReadonlyMap<AlertSubject, readonly RealAlert[]>,
  cast: ReturnType<typeof castFor>,
): Posted[] {
  const pair = inhibitingPair(
    rule,
    subjects.flatMap((subject) => real.get(subject) ?? []),
  );
  if (pair === undefined) return [];
  const scene = claim.id;
  const { source, target, targetLabels } = pair;
  return [
    cast({ ...source, claim: claim.id, role: 'source', scene }),
    cast({ ...target, labels: targetLabels, claim: claim.id, role: 'target', scene }),
  ];
}

/** The groups with more than one alert, by receiver: `[group, alerts]`. */
export function sharedGroups(posted: readonly Posted[]): [string, Posted[]][] {
  const groups = new Map<string, Posted[]>();
  for (const one of posted.filter(({ role }) => role !== 'target'))
    for (const route of one.routes) {
      const key = `${groupOf(route, one.labels)} ${route.receiver}`;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
  return [...groups].filter(([, members]) => members.length > 1);
}
