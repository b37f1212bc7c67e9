import type { Matcher, Route } from '../../model/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { takesEmpty } from '../../query/promql-selector.ts';
import { listAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { mentions, targetLabels } from '../support/alert-labels.ts';
import { type IncomingAlert, incomingAlerts } from '../support/alert-sources.ts';
import { isWhole, passedRoutes, type RoutedAlert, routedAlerts, routesBelow } from '../support/alert-ways.ts';
import { labelValues } from '../support/label-values.ts';
import { misspelt } from '../support/misspelt.ts';
import { quoteAll } from '../support/quote.ts';
import { matcherTruth, truthOf } from '../support/reachable.ts';
import { unreachableBelow } from './unreachable-route.ts';

/**
 * A route is there for alerts; where every alert that can come is known and none of them can take it, it waits for ever
 * (https://prometheus.io/docs/alerting/0.26/configuration/#route).
 */
export const untakenRoute = defineRule({
  id: 'alertmanager/untaken-route',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'Every route is one that some alert can take.',
  check: (config, context) => {
    const { alerts, unknown } = incomingAlerts(config, context);
    if (config.route === undefined || alerts.length === 0 || !isWhole(config, context)) return [];
    const routed = routedAlerts(config, context);
    const hidden = new Set(unreachableBelow(config.route).map(({ child }) => child));
    const without = (passed: ReadonlySet<Route>): Below[] =>
      topmost(config.route, (route) => !passed.has(route)).filter(({ route }) => !hidden.has(route));
    const untaken = without(passedRoutes(routed).surely);
    if (unknown !== undefined) return folded(untaken, unknown);
    const seeming = without(passedRoutes(routed).likely);
    const doubtful = [...seeming, ...unset(config.route, routed)].filter(
      ({ route }) => !untaken.some((one) => routesBelow(one.route).includes(route)),
    );
    const silent = new Set(config.receivers.flatMap((one) => (one.integrations.length === 0 ? one.name : [])));
    const drafts = untaken.map(({ route, above }) => {
      // A route that drops and has nothing to drop costs nobody anything.
      const drops = routesBelow(route).every(({ receiver }) => receiver !== undefined && silent.has(receiver));
      return draft(route, above, alerts, drops);
    });
    return [...drafts, ...folded(doubtful, 'series may bring the labels it asks for')];
  },
});

interface Below {
  readonly route: Route;
  /** What the routes above it ask for. */
  readonly above: readonly Matcher[];
}

/** Routes that ask for a value of a label which no rule sets and no configuration gives a target. */
function unset(root: Route, alerts: readonly RoutedAlert[]): Below[] {
  return topmost(root, ({ matchers }) =>
    matchers.some((matcher) => !takesEmpty(matcher) && alerts.every((alert) => isUnset(alert, matcher.label))),
  );
}

function isUnset({ rule, prometheus, likely }: RoutedAlert, label: string): boolean {
  if (likely(label) !== undefined) return likely(label)?.every((value) => value === '') === true;
  const { externalLabels, value } = prometheus;
  const given = Object.hasOwn(rule.labels, label) || Object.hasOwn(externalLabels, label);
  const rewritten = listAt(value, 'alerting', 'alert_relabel_configs').length > 0;
  return !given && !rewritten && targetLabels(prometheus)?.has(label) === false && !mentions(rule, label);
}

function topmost(route: Route | undefined, wanted: (route: Route) => boolean, above: readonly Matcher[] = []): Below[] {
  return (route?.routes ?? []).flatMap((child) =>
    wanted(child) ? [{ route: child, above }] : topmost(child, wanted, [...above, ...child.matchers]),
  );
}

function draft(
  route: Route,
  above: readonly Matcher[],
  alerts: readonly IncomingAlert[],
  drops: boolean,
): FindingDraft {
  const all = [...above, ...route.matchers];
  const near = alerts.filter(({ labels }) => truthOf(above, labels) !== 'no');
  const wrong = route.matchers.find((matcher) => near.every(({ labels }) => matcherTruth(matcher, labels) === 'no'));
  const taken = near.find(({ labels }) => truthOf(all, labels) !== 'no');
  const why =
    taken !== undefined
      ? `routes before it take all that it asks for, such as "${taken.rule.name}"`
      : wrong === undefined
        ? 'no alert has all the labels it asks for'
        : reasonOf(wrong, near);
  const meant = wrong === undefined ? undefined : misspelt(wrong.value, labelValues(near, wrong.label).first.keys());
  return {
    at: route.at,
    ...(drops && meant === undefined ? { severity: 'info' as const } : {}),
    message: `The route to "${route.receiver}" is taken by none of the ${alerts.length} alerts: ${why}`,
    ...(taken === undefined ? {} : { related: [{ at: taken.rule.at, note: 'an alert that it would match' }] }),
    hint:
      meant === undefined ? 'Give an alert the labels, or take the route away' : `Write "${meant}" if that is meant`,
    facts: { receiver: route.receiver, matchers: route.matchers.map(({ label, op, value }) => label + op + value) },
  };
}

function reasonOf({ label, op, value }: Matcher, alerts: readonly IncomingAlert[]): string {
  const given = [...labelValues(alerts, label).first.keys()];
  const known = given.length === 0 ? 'none has that label' : `they have ${quoteAll(given)}`;
  return `it asks for "${label}${op}${value}", and ${known}`;
}

function folded(untaken: readonly Below[], unknown: string): FindingDraft[] {
  const [first] = untaken;
  if (first === undefined) return [];
  const names = [...new Set(untaken.map((one) => one.route.receiver))];
  const which = untaken.length === 1 ? 'The route' : `${untaken.length} routes`;
  return [
    {
      at: first.route.at,
      severity: 'info',
      message: `${which} to ${quoteAll(names)} can be taken by no alert that is known; ${unknown}, so whether any takes it cannot be told`,
      related: untaken.slice(1).map((one) => ({ at: one.route.at, note: 'another such route' })),
      facts: { receivers: names },
    },
  ];
}
