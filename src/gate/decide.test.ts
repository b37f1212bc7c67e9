import { describe, expect, it } from 'vitest';
import { claimOf, type Outcome, type Verdict } from '../model/verdict.ts';
import { decide } from './decide.ts';

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
    ['errors in files', [[claim], [verdict('pass')], ['x']], 'error in the files: x'],
  ])('stays shut: %s', (_, [required, verdicts, errors], reason) => {
    expect(decide(required, verdicts, errors)).toEqual({ open: false, reasons: [reason] });
  });
});
