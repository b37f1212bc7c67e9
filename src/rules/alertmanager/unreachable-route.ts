import type { Matcher, Route } from '../../model/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { matcherHolds } from '../../query/routing.ts';
import { wordsOf } from '../../query/word-list.ts';
import { defineRule } from '../define-rule.ts';

/**
 * The first child that matches takes the alert, and no later one sees it unless that child says `continue`
 * (https://prometheus.io/docs/alerting/0.26/configuration/#route).
 */
export const unreachableRoute = defineRule({
  id: 'alertmanager/unreachable-route',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'No route stands behind one that takes all its alerts.',
  check: ({ route, file }, { repository: { faults } }) => {
    // A matcher that could not be read is missing in the tree, which then says less than the file.
    const whole = !faults.some((fault) => fault.rule === 'alertmanager/invalid-matcher' && fault.at.file === file);
    return route === undefined || !whole ? [] : unreachableBelow(route).map(({ child, taker }) => draft(child, taker));
  },
});

/** The routes below one that another before them takes everything from, whatever alerts there are. */
export function unreachableBelow(route: Route, above: readonly Matcher[] = []): { child: Route; taker: Route }[] {
  return route.routes.flatMap((child, index) => {
    const known = [...above, ...child.matchers];
    const taker = route.routes
      .slice(0, index)
      .find((one) => !one.continue && one.matchers.every((m) => follows(m, known)));
    return taker === undefined ? unreachableBelow(child, known) : [{ child, taker }];
  });
}

/** Whether every alert that has the known matchers also has this one. */
function follows(wanted: Matcher, known: readonly Matcher[]): boolean {
  return known.some(({ label, op, value }) => {
    if (label !== wanted.label) return false;
    if (op === wanted.op && value === wanted.value) return true;
    if (op === '=') return matcherHolds(wanted, { [label]: value });
    const words = op === '=~' ? wordsOf(value) : undefined;
    return words?.every((word) => matcherHolds(wanted, { [label]: word })) === true;
  });
}

function draft(route: Route, taker: Route): FindingDraft {
  return {
    at: route.at,
    message: `The route to "${route.receiver}" stands behind one to "${taker.receiver}" that takes all its alerts, so it never gets one`,
    related: [{ at: taker.at, note: 'the route that takes them' }],
    hint: 'Put it first, or give the other one "continue: true"',
    facts: { receiver: route.receiver, taker: taker.receiver },
  };
}
