import { liveSuites } from '../gate/live-suites.ts';
import type { Abilities } from '../lab/engine.ts';
import type { SuiteRun } from './run.ts';

/** What runs on one lab: suites that disturb nobody, `static` among them, then suites that do, one by one. */
export interface Lane {
  readonly beside: readonly string[];
  readonly after: readonly string[];
}

/** Bytes of memory that a host has for each lab, the engine and the suites included. */
const perLab = 3 * 2 ** 30;
/** More labs than this have nothing to do: a lab is as long at work as its longest suite. */
const most = 3;
/** Seconds, by and large: what a suite of the first phase takes of a lab's time, and what one more lab costs until it is up. */
const costs = { look: 5, boot: 20 };

/** How many labs of one stack a host bears side by side: as many as it has processors, and memory for, up to three. */
export function labsFor({ cpus, memory }: Pick<Abilities, 'cpus' | 'memory'>): number {
  return Math.max(1, Math.min(most, cpus, Math.floor(memory / perLab)));
}

/**
 * Shares out the suites that have something to claim of the stack, or that were asked for by name, among labs: the first
 * phase to the first, and each of the second, the longest first, to the lab that has least to do; one more lab has to be
 * worth its boot. Within a lab the order is that of the table. There is no lane where nothing is left for a lab.
 */
export function lanesOf(
  { stack, repository }: Pick<SuiteRun, 'stack' | 'repository'>,
  asked: readonly string[],
  labs: number,
): Lane[] {
  const wanted = liveSuites.filter(({ name, claims }) =>
    asked.length === 0 ? claims(stack, repository).length > 0 : asked.includes(name),
  );
  const files = asked.length === 0 || asked.includes('static') ? ['static'] : [];
  const beside = [...files, ...wanted.filter(({ phase }) => phase === 'beside').map(({ name }) => name)];
  const second = wanted.filter((suite) => suite.phase === 'after');
  const busy = Array.from({ length: labs }, (_, number): number =>
    number === 0 ? beside.length * costs.look : costs.boot,
  );
  const laneOf = new Map<string, number>();
  for (const { name, takes } of second.toSorted((one, other) => other.takes - one.takes)) {
    const least = busy.indexOf(Math.min(...busy));
    busy[least] = (busy[least] ?? 0) + takes;
    laneOf.set(name, least);
  }
  const lanes = busy.map(
    (_, number): Lane => ({
      beside: number === 0 ? beside : [],
      after: second.flatMap(({ name }) => (laneOf.get(name) === number ? [name] : [])),
    }),
  );
  return lanes.filter(({ beside, after }) => beside.length + after.length > 0);
}

/** Whether a lane needs a lab: static suites look at files alone. */
export function isLive({ beside, after }: Lane): boolean {
  return [...beside, ...after].some((suite) => suite !== 'static');
}
