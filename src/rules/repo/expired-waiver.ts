import { defineRule } from '../define-rule.ts';
import { isExpired, placeOf } from '../waivers.ts';

/** A waiver past its last day no longer covers anything, and somebody should know. */
export const expiredWaiver = defineRule({
  id: 'repo/expired-waiver',
  severity: 'warning',
  over: 'repository',
  claim: 'Every waiver is still in force.',
  check: (repository, { today }) =>
    repository.waivers
      .filter((waiver) => isExpired(waiver, today))
      .map((waiver) => ({
        at: placeOf(waiver),
        message: `The waiver of "${waiver.rule}" at "${waiver.place}" ended on ${waiver.until}, so it covers nothing any more`,
        hint: 'Mend what it covered, or renew the waiver with a reason',
        facts: { waives: waiver.rule, place: waiver.place, until: waiver.until, reason: waiver.reason },
      })),
});
