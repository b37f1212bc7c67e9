import type { AlertmanagerConfig, Route } from '../../model/alertmanager.ts';
import type { StackContext } from '../grains.ts';
import type { AlertLabels } from './alert-labels.ts';
import { type IncomingAlert, incomingAlerts } from './alert-sources.ts';
import { matcherTruth, possibleWays, type Ways } from './reachable.ts';
import { remembered } from './remembered.ts';

/** An alert with the routes it may pass and end in. */
export interface RoutedAlert extends IncomingAlert {
  readonly ways: Ways;
  /** Those it takes where it has only the labels that it seems to have. */
  readonly likelyWays: Ways;
}

const known = new WeakMap<AlertmanagerConfig, readonly RoutedAlert[]>();

/** The alerts that may come to an Alertmanager, each walked through its routes. */
export function routedAlerts(config: AlertmanagerConfig, context: StackContext): readonly RoutedAlert[] {
  const before = known.get(config);
  if (before !== undefined) return before;
  const matchers = routesBelow(config.route).flatMap((route) => route.matchers);
  const asked = [...new Set(matchers.map(({ label }) => label))];
  // Alerts of which the same matchers hold go the same way.
  const walked = new Map<string, Ways>();
  const waysOf = (labels: AlertLabels): Ways => {
    const values = new Map(asked.map((label) => [label, labels(label)]));
    const known: AlertLabels = (label) => values.get(label);
    const key = matchers.map((matcher) => matcherTruth(matcher, known)).join(' ');
    const ways = walked.get(key) ?? possibleWays(config, known);
    walked.set(key, ways);
    return ways;
  };
  const routed = incomingAlerts(config, context).alerts.map((alert) => {
    return { ...alert, ways: waysOf(alert.labels), likelyWays: waysOf(alert.likely) };
  });
  known.set(config, routed);
  return routed;
}

/** The routes that some alert may pass, and those that one passes by all appearance. */
export const passedRoutes = remembered((alerts: readonly RoutedAlert[]) => {
  const [surely, likely] = [new Set<Route>(), new Set<Route>()];
  for (const ways of new Set(alerts.map((alert) => alert.ways))) for (const route of ways.passed) surely.add(route);
  for (const ways of new Set(alerts.map((alert) => alert.likelyWays)))
    for (const route of ways.passed) likely.add(route);
  return { surely, likely };
});

/** A route and all below it, in the order they are written. */
export function routesBelow(route: Route | undefined): Route[] {
  return route === undefined ? [] : [route, ...route.routes.flatMap(routesBelow)];
}

/** Whether every matcher of a file could be read: else the tree says less than the file. */
export function isWhole({ file }: AlertmanagerConfig, { repository: { faults } }: StackContext): boolean {
  return !faults.some((fault) => fault.rule === 'alertmanager/invalid-matcher' && fault.at.file === file);
}
