import {
  type AlertRule,
  type Arrival,
  arrivals,
  type DeathSubject,
  eventually,
  type Labels,
  messageOf,
  routesFor,
} from '../../../src/index.ts';
import { type Expected, expected, placeOf } from '../routing/places.ts';
import { placesOf } from '../routing/posted.ts';
import { lab, run } from '../run.ts';
import { firing, held, timesArrived } from './alerts.ts';

/** An alert that reached Alertmanager: where it has to arrive, and word of its end. */
interface FollowedAlert {
  readonly rule: string;
  readonly fires: readonly Expected[];
  readonly ends: readonly Expected[];
  readonly mutedBy: readonly string[];
}

/** The alerts about one target on their way, and what went wrong on it. */
export interface Followed {
  readonly problems: readonly string[];
  readonly alerts: readonly FollowedAlert[];
  /** Set where an alert was muted by another. */
  readonly muted?: string;
}

/** Follows every alert about a target that died: it fires, Alertmanager has it, and its message arrives. */
export async function follow(subject: DeathSubject, target: Labels, before: readonly Arrival[]): Promise<Followed> {
  const ends = await Promise.all(subject.alerts.map((rule) => followOne(subject, rule, target, before)));
  const alerts = ends.flatMap((end) => ('problem' in end ? [] : [end.alert]));
  const problems = ends.flatMap((end) => ('problem' in end ? [end.problem] : end.problems));
  const mute = alerts.find(({ mutedBy }) => mutedBy.length > 0);
  return {
    problems,
    alerts,
    ...(mute === undefined ? {} : { muted: `alert "${mute.rule}" is muted by another that fires at the same time` }),
  };
}

async function followOne(
  subject: DeathSubject,
  { name }: AlertRule,
  target: Labels,
  before: readonly Arrival[],
): Promise<{ alert: FollowedAlert; problems: string[] } | { problem: string }> {
  try {
    const alert = await firing(subject, name, target);
    const { fingerprint: id, labels, inhibitedBy } = await held(subject, alert);
    const config = run.stack.alertmanager.find(({ service }) => service === subject.alertmanager);
    const names = config === undefined ? [] : routesFor(config, labels).map(({ receiver }) => receiver);
    const places = config === undefined ? [] : placesOf(config, names);
    const fires = expected({ id, places }, 'firing');
    let mutedBy = inhibitedBy;
    // The other one may come after it, and before its group is told.
    const isMuted = async (): Promise<boolean> => {
      if (mutedBy.length === 0) mutedBy = (await held(subject, alert)).inhibitedBy;
      return mutedBy.length > 0;
    };
    const late = await missing(fires, before, isMuted);
    const muted = await isMuted();
    const after = await arrivals(lab());
    return {
      alert: { rule: name, fires, ends: expected({ id, places }, 'resolved'), mutedBy },
      problems: [
        ...(muted ? [] : late).map(({ place }) => `alert "${name}" fires and does not arrive at ${place}`),
        ...literals(after, id),
      ],
    };
  } catch (problem) {
    return { problem: messageOf(problem) };
  }
}

/** Word that the alerts are over arrives where it is to be told. */
export async function allOver(followed: Followed, during: readonly Arrival[]): Promise<string[]> {
  const ends = await Promise.all(
    followed.alerts
      .filter(({ mutedBy }) => mutedBy.length === 0)
      .map(async ({ rule, ends: wanted }) =>
        (await missing(wanted, during)).map(({ place }) => `that alert "${rule}" is over does not arrive at ${place}`),
      ),
  );
  return ends.flat();
}

/** What has not arrived once more than before, after as long as it may take, or as soon as nothing more is to come. */
async function missing(
  wanted: readonly Expected[],
  before: readonly Arrival[],
  isOver: () => Promise<boolean> = async () => false,
): Promise<readonly Expected[]> {
  let left = wanted;
  await eventually(
    'the messages arrive',
    async () => {
      const now = await arrivals(lab());
      left = wanted.filter((one) => timesArrived(now, one) <= timesArrived(before, one));
      return left.length === 0 || (await isOver())
        ? { done: true, value: true }
        : { done: false, seen: `${left.length} are missing` };
    },
    { within: 40_000 },
  ).catch(() => undefined);
  return left;
}

/** What nobody expanded in the messages about an alert: here the templates are those Prometheus itself filled in. */
function literals(arrived: readonly Arrival[], id: string): string[] {
  const mine = arrived.filter(({ alerts }) => alerts.length === 1 && alerts[0]?.id === id);
  return mine.flatMap((arrival) =>
    arrival.literals.map(({ where, text }) => `what arrives at ${placeOf(arrival)} has ${text} in its ${where}`),
  );
}
