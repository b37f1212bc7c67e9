import { describe, expect, it } from 'vitest';
import { failures } from './failures.ts';
import { killAt, race, tallyOf } from './kills.ts';
import { otherUses } from './receipts.ts';
import { trialOf } from './trial.ts';
import { smallWorld, stopClock } from './worlds.ts';

/** A slice of `npm run tables`, small enough for every day. */
stopClock();
const world = smallWorld('small', 'main');
const applying = trialOf('apply', world);
const rollingBack = trialOf('rollback', world);
const patient = { timeout: 600_000 };

describe('a run that is killed', patient, () => {
  it.each([
    ['objects', applying, { before: 1, following: 0, after: 0 }],
    ['journal', applying, { before: 1, following: 0, after: 0 }],
    ['branch', applying, { before: 0, following: 1, after: 0 }],
    ['file', applying, { before: 0, following: 1, after: 0 }],
    ['index', applying, { before: 0, following: 0, after: 1 }],
    ['stage', rollingBack, { before: 1, following: 0, after: 0 }],
    ['file', rollingBack, { before: 0, following: 1, after: 0 }],
    ['done', rollingBack, { before: 0, following: 0, after: 1 }],
  ] as const)('at %s stands before or after, and the next ends it', async (step, trial, standing) => {
    expect(tallyOf(await killAt(step, [trial], 1))).toEqual({ runs: 1, ...standing, ended: 1, faults: [] });
  });
});

describe('a run of which a call fails', patient, () => {
  it.each([applying, rollingBack])('stands before or after, and the next ends it: $verb', (trial) => {
    const found = failures(trial, 1, 16).flatMap(([, some]) => some);
    expect(found.length).toBeGreaterThan(4);
    expect(tallyOf(found).faults).toEqual([]);
  });
});

describe('two runs at once', patient, () => {
  it('make one commit, and the other is told', async () => {
    const { won, told, asAfter } = await race(applying);
    expect({ won, asAfter }).toEqual({ won: 1, asAfter: true });
    expect(told.join()).toMatch(/another stackproof changes this repository|"already":true/);
  });
});

describe('a receipt that is not for this use', patient, () => {
  it('is refused, each in its own words', () => {
    const answers = otherUses(world).map(({ answer }) => answer?.join('\n'));
    expect(answers.length).toBeGreaterThan(10);
    expect(answers).not.toContain(undefined);
    expect(new Set(answers).size).toBe(answers.length);
  });
});
