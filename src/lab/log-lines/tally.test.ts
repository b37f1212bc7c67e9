import { describe, expect, test } from 'vitest';
import { type SeenLine, tally, tallyProblems } from './tally.ts';

const lines = (...seen: readonly (readonly [ns: number, numbers: string])[]): SeenLine[] =>
  seen.map(([ns, numbers]) => ({ ns: BigInt(ns), line: numbers.replace(/\d+/g, (number) => `w-${number}`) }));

const problems = (seen: SeenLine[], count: number): string[] => tallyProblems(tally(seen, 'w', count), count, 'there');

describe('numbered lines', () => {
  test('that came once and in order are all there, whatever order they are given in', () => {
    expect(problems(lines([3, '3'], [1, '1'], [2, '2']), 3)).toEqual([]);
  });

  test('that never came are missing', () => {
    expect(problems(lines([1, '1'], [3, '3']), 4)).toEqual(['2 of 4 lines are missing there: 2, 4']);
    expect(problems([], 7)).toEqual(['7 of 7 lines are missing there: 1, 2, 3, 4, 5, …']);
  });

  test('that came again are there twice', () => {
    expect(problems(lines([1, '1'], [2, '2'], [3, '1']), 2)).toEqual(['1 of 2 lines are there twice there: 1']);
  });

  test('that stand after a later one are out of order', () => {
    expect(problems(lines([1, '2'], [2, '1']), 2)).toEqual(['line 1 comes after a later one there']);
  });

  test('of one moment have no order', () => {
    expect(problems(lines([1, '2'], [1, '1']), 2)).toEqual([]);
  });

  test('may be joined in one entry, and others do not count', () => {
    expect(problems(lines([1, '1\n2'], [2, '3']), 3)).toEqual([]);
    expect(tally([{ ns: 1n, line: 'v-1' }], 'w', 1).missing).toEqual([1]);
  });
});
