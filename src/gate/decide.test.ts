import { describe, expect, it } from 'vitest';
import { claimOf, type Outcome, type Verdict } from '../model/verdict.ts';
import { decide, foldReasons, reasonsAgainst } from './decide.ts';

const claim = claimOf('boot', 'prometheus runs');
const verdict = (outcome: Outcome, looked = 1): Verdict => ({
  claim: claim.id,
  suite: 'boot',
  subject: 'prometheus runs',
  outcome,
  looked,
});

describe('decide', () => {
  it('opens when every required claim passed', () => {
    expect(decide([claim], [verdict('pass')], [])).toEqual({ open: true, reasons: [] });
  });

  it.each<[string, Parameters<typeof decide>, string]>([
    ['nothing required', [[], [], []], 'nothing is required, so nothing is proved'],
    ['no verdict', [[claim], [], []], 'boot: prometheus runs: no verdict'],
    ['unknown', [[claim], [verdict('unknown')], []], 'boot: prometheus runs: unknown'],
    ['failed', [[claim], [verdict('fail')], []], 'boot: prometheus runs: failed'],
    ['broken', [[claim], [verdict('error')], []], 'boot: prometheus runs: broke'],
    ['empty pass', [[claim], [verdict('pass', 0)], []], 'boot: prometheus runs: passed, but looked at nothing'],
    ['one of two verdicts', [[claim], [verdict('pass'), verdict('fail')], []], 'boot: prometheus runs: failed'],
    [
      'a failure nobody asked about',
      [[claim], [verdict('pass'), { ...verdict('error', 0), claim: 'run: loads' }], []],
      'run: loads: broke',
    ],
    ['errors in files', [[claim], [verdict('pass')], ['x']], 'error in the files: x'],
  ])('stays shut: %s', (_, [required, verdicts, errors], reason) => {
    expect(decide(required, verdicts, errors)).toEqual({ open: false, reasons: [reason] });
  });
});

describe('foldReasons', () => {
  const why = 'no Docker engine answers';
  const many = Array.from({ length: 100 }, (_, index) => claimOf('boot', `s${index} runs`));
  const unknown = many.map((one) => ({ ...verdict('unknown', 0), claim: one.id, cause: why }));

  it('says one cause of many claims once, with their number and the first few', () => {
    const lines = foldReasons(reasonsAgainst([...many, claim], unknown, ['x']));
    expect(lines).toEqual([
      `100 claims: unknown: ${why}\nboot: s0 runs\nboot: s1 runs\nboot: s2 runs\n… and 97 more`,
      'boot: prometheus runs: no verdict',
      'error in the files: x',
    ]);
  });

  it('leaves the decision complete', () => {
    expect(decide(many, unknown, []).reasons).toHaveLength(100);
  });
});
