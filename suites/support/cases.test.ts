import { describe, expect, it } from 'vitest';
import { claimOf, type Verdict } from '../../src/index.ts';
import { runCases } from './cases.ts';
import type { Batch, Found } from './prove.ts';

const batch = (together: boolean, looks: Record<string, () => Promise<Found>>, within = 1_000): Batch => ({
  together,
  within,
  cases: Object.entries(looks).map(([subject, look]) => ({ claim: claimOf('s', subject), look })),
});
const outcomes = (verdicts: readonly Verdict[]): string[] =>
  verdicts.map(({ subject, outcome, cause }) => [subject, outcome, ...(cause === undefined ? [] : [cause])].join(' '));
const passes = async (): Promise<Found> => ({ looked: 1, problems: [] });

describe('runCases', () => {
  it('gives each case the verdict of what it found', async () => {
    const looks = {
      good: async () => ({ looked: 2, problems: [], seen: 'no data', note: '1 s' }),
      bad: async () => ({ looked: 1, problems: ['a', 'b'] }),
      blind: async () => ({ looked: 0, problems: [] }),
      lost: async () => ({ unknown: 'no engine' }),
      broken: async () => Promise.reject(new Error('broken')),
      late: () => new Promise<Found>(() => undefined),
    };
    const verdicts = await runCases([batch(true, looks, 50)], () => undefined);
    expect(outcomes(verdicts)).toEqual([
      'good pass',
      'bad fail a\nb',
      'blind fail a case that looks at nothing proves nothing',
      'lost unknown no engine',
      'broken error broken',
      'late error the case did not end within 0.05 s',
    ]);
    expect(verdicts[0]).toMatchObject({ claim: 's: good', suite: 's', looked: 2, seen: 'no data', note: '1 s' });
  });

  it('runs cases of all suites that disturb nobody side by side, and those that do afterwards, one by one', async () => {
    let running = 0;
    const most = { together: 0, alone: 0 };
    const looks = (kind: keyof typeof most): Record<string, () => Promise<Found>> =>
      Object.fromEntries(
        ['1', '2'].map((name) => [
          `${kind} ${name}`,
          async () => {
            running += 1;
            most[kind] = Math.max(most[kind], running);
            await new Promise((done) => setTimeout(done, 10));
            running -= 1;
            return passes();
          },
        ]),
      );
    const ended: string[] = [];
    const batches = [batch(false, looks('alone')), batch(true, looks('together')), batch(true, { last: passes })];
    const verdicts = await runCases(batches, ({ subject }) => ended.push(subject));
    expect(most).toEqual({ together: 2, alone: 1 });
    expect(ended).toEqual(['last', 'together 1', 'together 2', 'alone 1', 'alone 2']);
    expect(verdicts.map(({ subject }) => subject)).toEqual(['alone 1', 'alone 2', 'together 1', 'together 2', 'last']);
  });

  it('runs more cases than fit side by side', async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [String(index), passes]));
    expect(await runCases([batch(true, many)], () => undefined)).toHaveLength(200);
  });
});
