import {
  eventually,
  type GrafanaDoor,
  type LogSourceSubject,
  linesThrough,
  logJobSubjects,
  messageOf,
  pushLines,
  tally,
  tallyProblems,
} from '../../../src/index.ts';
import { doorOf } from '../dashboards/door.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run } from '../run.ts';
import { delivery } from './delivered.ts';
import { destinationsOf, lokiAt } from './routes.ts';
import { newWord } from './ship.ts';

/** Lines that a Loki holds: how to select them, and how many there are. */
interface Held {
  readonly selector: string;
  readonly word: string;
  readonly count: number;
}

/**
 * Grafana shows, through this datasource, the numbered lines that some job delivered to its Loki: all, once, in order.
 * Where no job delivers, it has to show lines that are pushed to Loki as a Promtail of the stack would.
 */
export async function shows({ service, datasource }: LogSourceSubject): Promise<Found> {
  const loki = lokiAt(datasource.url?.value ?? '');
  const absent = leftOut(service) ?? (loki === undefined ? 'the stack runs no Loki' : leftOut(loki));
  if (loki === undefined || absent !== undefined) return { unknown: absent ?? 'the stack runs no Loki' };
  const held = await heldBy(loki);
  if ('unknown' in held) return held;
  const door = await doorOf(service);
  let problems: string[] = [];
  await eventually(
    `datasource "${datasource.name}" shows what arrived`,
    async () => {
      const tries = await Promise.all(held.map((lines) => problemsOf(door, datasource.uid, lines)));
      problems = tries.toSorted((a, b) => a.length - b.length)[0] ?? [];
      return problems.length === 0 ? { done: true, value: true } : { done: false, seen: problems.join('; ') };
    },
    { within: 30_000 },
  ).catch(() => undefined);
  return { looked: held[0]?.count ?? 0, problems };
}

async function problemsOf(door: GrafanaDoor, uid: string, { selector, word, count }: Held): Promise<string[]> {
  try {
    const lines = await linesThrough(lab(), door, uid, `${selector} |= \`${word}\``);
    return tallyProblems(tally(lines, word, count), count, 'in what Grafana shows');
  } catch (problem) {
    return [messageOf(problem)];
  }
}

async function heldBy(loki: string): Promise<readonly Held[] | { readonly unknown: string }> {
  const deliveries = await Promise.all(logJobSubjects(run.stack).map(delivery));
  const held = deliveries.flatMap(({ found, shipped, word, count }) => {
    if ('unknown' in found || found.problems.length > 0) return [];
    const places = shipped?.places.filter((place) => place.loki === loki) ?? [];
    return places.map(({ selector }) => ({ selector, word, count }));
  });
  return held.length > 0 ? held : await pushed(loki);
}

async function pushed(loki: string): Promise<readonly Held[] | { readonly unknown: string }> {
  const destinations = logJobSubjects(run.stack).map(destinationsOf);
  const doors = destinations.flatMap((one) => ('unknown' in one ? [] : one.filter((to) => to.loki === loki)));
  const [door] = doors.flatMap((one) => one.doors);
  if (door === undefined) return { unknown: `no job delivers to "${loki}", and as whom one would is not written down` };
  const word = newWord();
  const lines = Array.from({ length: 20 }, (_, index) => `${word}-${index + 1}`);
  try {
    await pushLines(lab(), door, { stackproof: word }, lines);
  } catch (problem) {
    return { unknown: messageOf(problem) };
  }
  return [{ selector: `{stackproof="${word}"}`, word, count: lines.length }];
}
