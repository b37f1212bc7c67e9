import type { AlertmanagerConfig, Matcher, Route } from '../model/alertmanager.ts';
import { takes } from './promql-selector.ts';

/** The labels of one alert, target or series. */
export type Labels = Readonly<Record<string, string>>;

/** Whether a matcher holds; a label that is not there counts as the empty text. */
export function matcherHolds(matcher: Matcher, labels: Labels): boolean {
  return takes(matcher, (Object.hasOwn(labels, matcher.label) ? labels[matcher.label] : undefined) ?? '');
}

/** Whether all matchers hold; none at all hold for everything. */
export function matchersHold(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every((matcher) => matcherHolds(matcher, labels));
}

/**
 * The routes that take an alert, each with its receiver, as Alertmanager 0.26 walks the tree: depth first, the deepest routes that match,
 * and no sibling after the first match unless it says `continue`
 * (https://prometheus.io/docs/alerting/latest/configuration/#route).
 */
export function routesFor(config: AlertmanagerConfig, labels: Labels): Route[] {
  return config.route === undefined ? [] : walk(config.route, labels);
}

function walk(route: Route, labels: Labels): Route[] {
  if (!matchersHold(route.matchers, labels)) return [];
  const reached: Route[] = [];
  for (const child of route.routes) {
    const found = walk(child, labels);
    reached.push(...found);
    if (found.length > 0 && !child.continue) break;
  }
  return reached.length > 0 ? reached : [route];
}

/**
 * The group of a route in which an alert is notified, as a text: two alerts are in one group where the texts are equal.
 * `group_by: ['...']` makes a group of every label set
 * (https://prometheus.io/docs/alerting/0.26/configuration/#route).
 */
export function groupOf(route: Route, labels: Labels): string {
  const names = route.groupBy.includes('...') ? Object.keys(labels) : route.groupBy;
  const pairs = [...new Set(names)].sort().map((name) => [name, labels[name] ?? '']);
  return JSON.stringify([route.at.pointer ?? [], pairs.filter(([, value]) => value !== '')]);
}
