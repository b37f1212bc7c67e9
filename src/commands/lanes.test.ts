import { describe, expect, it } from 'vitest';
import { liveSuites } from '../gate/live-suites.ts';
import { isLive, labsFor, lanesOf } from './lanes.ts';
import { exampleRun, readStack } from './run.ts';

const run = readStack(await exampleRun());
const gib = 2 ** 30;

describe('labsFor', () => {
  it.each([
    [{ cpus: 1, memory: 64 * gib }, 1],
    [{ cpus: 2, memory: 24 * gib }, 2],
    [{ cpus: 16, memory: 64 * gib }, 3],
    [{ cpus: 16, memory: 7 * gib }, 2],
    [{ cpus: 4, memory: gib }, 1],
  ])('is for %j %i', (host, labs) => expect(labsFor(host)).toBe(labs));
});

describe('lanesOf', () => {
  it.each([1, 2, 3])('gives every suite to one of %i labs, in the order of the table', (labs) => {
    const lanes = lanesOf(run, [], labs);
    expect(lanes).toHaveLength(labs);
    const given = lanes.flatMap(({ beside, after }) => [...beside, ...after]);
    expect(given.toSorted()).toEqual(['static', ...liveSuites.map(({ name }) => name)].toSorted());
    const place = (name: string): number => liveSuites.findIndex((suite) => suite.name === name);
    for (const { after } of lanes) expect(after.map(place)).toEqual(after.map(place).toSorted((a, b) => a - b));
  });

  it('keeps the suites that look at a lab on the first', () => {
    const [, ...others] = lanesOf(run, [], 3);
    expect(others.flatMap(({ beside }) => beside)).toEqual([]);
  });

  it('has no lane for a lab with nothing to do', () => {
    expect(lanesOf(run, ['boot', 'log-restarts'], 3)).toEqual([{ beside: ['boot'], after: ['log-restarts'] }]);
    expect(lanesOf(run, ['backup'], 2)).toEqual([{ beside: [], after: ['backup'] }]);
  });

  it('wants no lab for the files alone', () => {
    expect(lanesOf(run, ['static'], 2).map(isLive)).toEqual([false]);
    expect(lanesOf(run, ['static', 'faults'], 2).map(isLive)).toEqual([true]);
  });
});
