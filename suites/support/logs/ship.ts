import { randomBytes } from 'node:crypto';
import {
  baseUrl,
  containerState,
  droppedLines,
  eventually,
  type Feed,
  feedingOf,
  type LogJobSubject,
  type Look,
  messageOf,
  plain,
  type Shape,
  shapes,
  writeLines,
} from '../../../src/index.ts';
import { lab, leftOut, run } from '../run.ts';
import { complaints, dropsEverything } from './dropped.ts';
import { labelsOf, linesAt, type Place, placeOf } from './look.ts';
import { destinationsOf } from './routes.ts';

/** A job that lines go through: where they are written, in which shape, and where they are found. */
export interface Shipped {
  readonly subject: LogJobSubject;
  readonly feed: Feed;
  readonly shape: Shape;
  readonly places: readonly (Place & { readonly loki: string })[];
}

/** Why lines do not go through a job: it cannot be told, or that is how it is. */
export type NotShipped = { readonly unknown: string } | { readonly problems: readonly string[] };

const known = new Map<string, Promise<Shipped | NotShipped>>();

/** Writes one line of each usual shape where a job reads, and waits for the first that arrives. Done once a job. */
export function ship(subject: LogJobSubject): Promise<Shipped | NotShipped> {
  const before = known.get(subject.claim.id) ?? tryShapes(subject);
  known.set(subject.claim.id, before);
  return before;
}

/** A word that no other line holds. */
export function newWord(): string {
  return `proof-${randomBytes(4).toString('hex')}`;
}

async function tryShapes(subject: LogJobSubject): Promise<Shipped | NotShipped> {
  const { service, job } = subject;
  if (job === undefined) return { unknown: `the repository does not say what "${service}" reads` };
  const absent = leftOut(service);
  if (absent !== undefined) return { unknown: absent };
  const destinations = destinationsOf(subject);
  if ('unknown' in destinations) return destinations;
  const word = newWord();
  const { mounts: targets } = await containerState(lab(), service);
  const folders = lab().logFolders.filter((folder) => folder.service === service);
  const feeding = feedingOf(job, { service, folders, targets }, word);
  if ('unknown' in feeding) return feeding;
  if ('problem' in feeding) return { problems: [feeding.problem] };
  const dropped = async (): Promise<number> => (await droppedLines(lab(), baseUrl(lab(), run.stack, service))) ?? 0;
  const before = await dropped();
  const keepsNone = dropsEverything(job);
  const time = new Date().toISOString();
  try {
    await writeLines(
      lab(),
      feeding,
      shapes.map((shape, index) => shape(`${word}-${index}`, time)),
    );
  } catch (problem) {
    return { unknown: messageOf(problem) };
  }
  const places: Shipped['places'][number][] = [];
  for (const { loki, doors } of destinations) {
    try {
      const place = await eventually(
        `a line of ${subject.claim.subject} at "${loki}"`,
        async (): Promise<Look<Place | undefined>> => {
          const found = await placeOf(doors, labelsOf(job), word);
          if (found === undefined && keepsNone && (await dropped()) >= before + shapes.length) return gone;
          return found === undefined ? { done: false, seen: 'none of its lines' } : { done: true, value: found };
        },
        { within: 60_000 },
      );
      if (place === undefined) return nothing(subject);
      places.push({ ...place, loki });
    } catch (problem) {
      return keepsNone ? nothing(subject) : await whyNone(subject, problem, (await dropped()) - before);
    }
  }
  const arrived = await Promise.all(places.map((place) => linesAt(place, word)));
  const shape = shapes.find((_, index) =>
    arrived.every((lines) => lines.some(({ line }) => line.includes(`${word}-${index}`))),
  );
  return { subject, feed: feeding, shape: shape ?? plain, places };
}

function nothing({ claim }: LogJobSubject): NotShipped {
  return { problems: [`${claim.subject} nothing: a stage of its pipeline drops every line`] };
}

const gone: Look<undefined> = { done: true, value: undefined };

/** Lines that a pipeline drops on purpose say nothing of those it keeps. */
async function whyNone({ service }: LogJobSubject, problem: unknown, dropped: number): Promise<NotShipped> {
  if (dropped > 0)
    return { unknown: `its pipeline dropped ${dropped} lines of the usual shapes; which it keeps cannot be told` };
  const words = messageOf(problem);
  return { problems: [`${words}${await complaints(service)}`] };
}
