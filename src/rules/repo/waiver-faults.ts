import { defineFault } from '../define-rule.ts';

/** A waiver without a rule, a place, a reason or a day is none (see `docs/waivers.md`). */
export const invalidWaiver = defineFault({
  id: 'repo/invalid-waiver',
  severity: 'error',
  over: 'repository',
  claim: 'Every waiver says which rule it waives where, until when and why.',
});

/** A waiver that nothing needs any more would hide the next finding of its kind. */
export const unusedWaiver = defineFault({
  id: 'repo/unused-waiver',
  severity: 'warning',
  over: 'repository',
  claim: 'Every waiver covers a finding.',
});
