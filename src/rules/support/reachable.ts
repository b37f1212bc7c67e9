import type { AlertmanagerConfig, Matcher, Receiver, Route } from '../../model/alertmanager.ts';
import { matcherHolds } from '../../query/routing.ts';
import type { AlertLabels } from './alert-labels.ts';
import { remembered } from './remembered.ts';

/** Whether matchers hold for an alert of which not every label is known. */
export type Truth = 'yes' | 'no' | 'open';

/** The routes an alert may pass, and those of them in which it may end. */
export interface Ways {
  readonly passed: readonly Route[];
  readonly ends: readonly Route[];
}

/** Whether one matcher holds for every value a label can have, for none, or for some. */
export function matcherTruth(matcher: Matcher, labels: AlertLabels): Truth {
  const values = labels(matcher.label);
  if (values === undefined) return 'open';
  const held = values.filter((value) => holds(matcher, value)).length;
  return held === 0 ? 'no' : held === values.length ? 'yes' : 'open';
}

const answers = remembered((_: Matcher) => new Map<string, boolean>());

/** Thousands of alerts share the few values of most labels. */
function holds(matcher: Matcher, value: string): boolean {
  if (matcher.op === '=') return matcher.value === value;
  if (matcher.op === '!=') return matcher.value !== value;
  const known = answers(matcher);
  const before = known.get(value);
  if (before !== undefined) return before;
  const answer = matcherHolds(matcher, { [matcher.label]: value });
  known.set(value, answer);
  return answer;
}

/** Whether all matchers hold. */
export function truthOf(matchers: readonly Matcher[], labels: AlertLabels): Truth {
  let all: Truth = 'yes';
  for (const matcher of plainFirst(matchers)) {
    const truth = matcherTruth(matcher, labels);
    if (truth === 'no') return 'no';
    if (truth === 'open') all = 'open';
  }
  return all;
}

/** What costs nothing to ask is asked first. */
const plainFirst = remembered((matchers: readonly Matcher[]) => {
  const isPlain = ({ op }: Matcher): number => (op.endsWith('~') ? 1 : 0);
  return [...matchers].sort((a, b) => isPlain(a) - isPlain(b));
});

/** Every route an alert may pass and end in, whatever the labels that are not known. */
export function possibleWays(config: AlertmanagerConfig, labels: AlertLabels): Ways {
  const passed: Route[] = [];
  const ends: Route[] = [];
  if (config.route !== undefined) walk(config.route, labels, passed, ends);
  return { passed, ends };
}

/** Receivers of routes, those that do not exist left out. */
export function receiversOf(config: AlertmanagerConfig, routes: readonly Route[]): Receiver[] {
  const names = new Set(routes.map((route) => route.receiver));
  return config.receivers.filter((receiver) => names.has(receiver.name));
}

function walk(route: Route, labels: AlertLabels, passed: Route[], ends: Route[]): Truth {
  const own = truthOf(route.matchers, labels);
  if (own === 'no') return 'no';
  passed.push(route);
  let surely = false;
  for (const child of route.routes) {
    if (walk(child, labels, passed, ends) !== 'yes') continue;
    surely = true;
    if (!child.continue) break;
  }
  if (!surely) ends.push(route);
  return own;
}
