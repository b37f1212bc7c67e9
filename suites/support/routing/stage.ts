import {
  type Arrival,
  alertmanagerReady,
  arrivals,
  baseUrl,
  eventually,
  type HeldAlert,
  heldAlerts,
  postAlerts,
  settled,
} from '../../../src/index.ts';
import { lab, run } from '../run.ts';
import { arrivedTexts, type Expected, expected, hasArrived } from './places.ts';
import type { Posted } from './posted.ts';
import { type Scene, sceneOf } from './scene.ts';

/** What was posted to one Alertmanager and what came of it, when nothing comes any more. */
export interface Played extends Scene {
  /** Messages before and after the alerts were resolved. */
  readonly before: readonly Arrival[];
  readonly after: readonly Arrival[];
  /** The posted alerts as Alertmanager held them while all were firing. */
  readonly held: ReadonlyMap<string, HeldAlert>;
}

/** Longer than the rendered `group_wait` and `group_interval` together: what has not come by then does not come. */
const quiet = Number(process.env['STACKPROOF_QUIET'] ?? 7) * 1_000;
const patience = { within: 40_000 };
const plays = new Map<string, Promise<Played>>();

/** Plays all that the suite posts to an Alertmanager, once for all claims about it. */
export function playedOn(alertmanager: string): Promise<Played> {
  const known = plays.get(alertmanager) ?? play(alertmanager);
  plays.set(alertmanager, known);
  return known;
}

async function play(alertmanager: string): Promise<Played> {
  const config = run.stack.alertmanager.find(({ service }) => service === alertmanager);
  if (config === undefined) throw new Error(`no configuration was read for "${alertmanager}"`);
  const base = baseUrl(lab(), run.stack, alertmanager);
  await eventually('Alertmanager is ready', async () =>
    (await alertmanagerReady(lab(), base)) ? { done: true, value: true } : { done: false, seen: 'not ready' },
  );
  const scene = await sceneOf(config);
  const startsAt = new Date();
  const post = (posted: readonly Posted[], endsAt: Date): Promise<void> =>
    postAlerts(
      lab(),
      base,
      posted.map(({ labels, annotations }) => ({ labels, annotations, startsAt, endsAt })),
    );
  const muted = scene.posted.filter(({ role }) => role === 'target');
  const others = scene.posted.filter(({ role }) => role !== 'target');
  const later = new Date(startsAt.getTime() + 3_600_000);
  await post(others, later);
  // A source has to be there before its target, or there is nothing yet that would mute it.
  await heldOnceThere(base, others);
  await post(muted, later);
  await reached(
    'every message arrives',
    others.flatMap((one) => expected(one, 'firing')),
  );
  const held = await heldOnceThere(base, scene.posted);
  const before = await arrivals(lab());
  await post(others, new Date());
  await reached('what was mute, and word of all that is over, arrives', [
    ...muted.flatMap((one) => expected(one, 'firing')),
    ...others.flatMap((one) => expected(one, 'resolved')),
  ]);
  await settled('messages stop arriving', async () => arrivedTexts(await arrivals(lab())), quiet);
  const after = await arrivals(lab());
  await post(muted, new Date());
  return { ...scene, before, after, held };
}

/** The posted alerts as Alertmanager has them, by their ids; one it does not have is missing. */
async function heldOnceThere(base: string, posted: readonly Posted[]): Promise<Map<string, HeldAlert>> {
  let held = new Map<string, HeldAlert>();
  await eventually(
    'Alertmanager has the posted alerts',
    async () => {
      const all = await heldAlerts(lab(), base, 'stackproof_case!=""');
      held = new Map(all.map((alert) => [alert.labels['stackproof_case'] ?? '', alert]));
      const missing = posted.filter(({ id }) => !held.has(id));
      return missing.length === 0
        ? { done: true, value: true }
        : { done: false, seen: `${missing.length} are missing` };
    },
    patience,
  ).catch(() => undefined);
  return held;
}

/** Waits until all has arrived that should; what never does is for the claims to tell. */
async function reached(what: string, wanted: readonly Expected[]): Promise<void> {
  await eventually(
    what,
    async () => {
      const all = await arrivals(lab());
      const missing = wanted.filter((one) => !hasArrived(all, one));
      return missing.length === 0
        ? { done: true, value: true }
        : { done: false, seen: `${missing.length} are missing` };
    },
    patience,
  ).catch(() => undefined);
}
