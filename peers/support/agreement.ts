import { describe, expect, it } from 'vitest';
import { type Genuine, genuine, type Program } from './genuine.ts';
import { areUsual } from './samples.ts';

/** One case: the two verdicts on it. `shown` is printed where they differ and nothing explains it. */
export interface Compared<C> {
  readonly subject: C;
  readonly ours: string;
  readonly theirs: string;
  readonly shown: string;
}

/** Why two verdicts may differ, and on which cases. An explanation that explains nothing any more fails. */
export interface Explanation<C> {
  readonly why: string;
  readonly covers: (one: Compared<C>) => boolean;
}

/** What came of the cases. */
export interface Settled {
  readonly cases: number;
  readonly agreed: number;
  /** The program's verdicts, each with how often it was given: a test whose cases all end alike shows little. */
  readonly verdicts: Readonly<Record<string, number>>;
  readonly explained: readonly { readonly why: string; readonly count: number }[];
  readonly unexplained: readonly string[];
  readonly stale: readonly string[];
}

/** Sorts cases into agreements, explained disagreements, and those that nothing explains. */
export function settle<C>(compared: readonly Compared<C>[], explanations: readonly Explanation<C>[]): Settled {
  const counts = new Map(explanations.map((explanation) => [explanation, 0]));
  const unexplained: string[] = [];
  let agreed = 0;
  const verdicts: Record<string, number> = {};
  for (const one of compared) {
    verdicts[one.theirs] = (verdicts[one.theirs] ?? 0) + 1;
    if (one.ours === one.theirs) {
      agreed += 1;
      continue;
    }
    const because = explanations.find((explanation) => explanation.covers(one));
    if (because === undefined) unexplained.push(`ours: ${one.ours}; theirs: ${one.theirs}\n${one.shown}`);
    else counts.set(because, (counts.get(because) ?? 0) + 1);
  }
  return {
    cases: compared.length,
    agreed,
    verdicts,
    explained: [...counts].map(([{ why }, count]) => ({ why, count })),
    unexplained,
    stale: explanations.filter((explanation) => counts.get(explanation) === 0).map(({ why }) => why),
  };
}

const mostShown = 20;

/** Holds a settlement: enough cases, every disagreement explained, every explanation still needed. Says the figures. */
export function hold(what: string, settled: Settled, least: number): void {
  const { cases, agreed, verdicts, explained, unexplained, stale } = settled;
  const given = Object.entries(verdicts).map(([verdict, count]) => `${verdict} ${count}`);
  const reasons = explained.map(({ why, count }) => `\n    ${count} × ${why}`).join('');
  const because = cases - agreed - unexplained.length;
  console.log(`${what}: ${cases} cases (it ${given.join(', ')}), ${agreed} agree, ${because} explained${reasons}`);
  expect(
    unexplained.slice(0, mostShown),
    `${what}: ${unexplained.length} of ${cases} disagreements that nothing explains`,
  ).toEqual([]);
  // Other cases than the usual ones need not show every reason.
  if (areUsual) expect(stale, `${what}: explanations that explain nothing any more`).toEqual([]);
  expect(cases, `${what}: cases`).toBeGreaterThanOrEqual(least);
}

/** A case that needs a genuine program. Without it the case is unknown, and says why. */
export function withGenuine(program: Program, name: string, test: (program: Genuine) => Promise<void>): void {
  describe(`the genuine ${program}`, () => {
    it(name, async (context) => {
      const found = await genuine(program);
      if ('missing' in found) {
        context.task.meta.unknown = found.missing;
        context.skip(`unknown: ${found.missing}`);
      } else {
        console.log(`${program} is from ${found.origin}`);
        await test(found);
      }
    });
  });
}

declare module 'vitest' {
  interface TaskMeta {
    unknown?: string;
  }
}
