import type { AlertmanagerConfig, Matcher, Route } from '../model/alertmanager.ts';
import { matchesRe2 } from './re2.ts';

/** An alert's labels. A label that is not there is an empty string to every matcher. */
export type Labels = Readonly<Record<string, string>>;

/**
 * The routes that take an alert, in order: depth first, the deepest match wins, and a matching child stops its later
 * siblings unless it says `continue` (https://prometheus.io/docs/alerting/0.26/configuration/#route).
 */
export function routesFor(config: AlertmanagerConfig, labels: Labels): Route[] {
  return config.route === undefined ? [] : taken(config.route, labels);
}

/** Whether every matcher agrees with the labels. */
export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every((matcher) => matches(matcher, labels[matcher.label] ?? ''));
}

/**
 * Whether an alert is muted by others that fire. An alert that is both source and target of a rule is not muted by one
 * of which the same is true, so that it cannot mute itself
 * (https://prometheus.io/docs/alerting/0.26/configuration/#inhibit_rule).
 */
export function isInhibited(config: AlertmanagerConfig, labels: Labels, others: readonly Labels[]): boolean {
  return config.inhibitRules.some((rule) => {
    if (!matchesAll(rule.target, labels)) return false;
    const alsoSource = matchesAll(rule.source, labels);
    return others.some(
      (other) =>
        matchesAll(rule.source, other) &&
        !(alsoSource && matchesAll(rule.target, other)) &&
        rule.equal.every((name) => (labels[name] ?? '') === (other[name] ?? '')),
    );
  });
}

function taken(route: Route, labels: Labels): Route[] {
  if (!matchesAll(route.matchers, labels)) return [];
  const inner: Route[] = [];
  for (const child of route.routes) {
    const found = taken(child, labels);
    inner.push(...found);
    if (found.length > 0 && !child.continue) break;
  }
  return inner.length > 0 ? inner : [route];
}

function matches(matcher: Matcher, value: string): boolean {
  switch (matcher.op) {
    case '=':
      return value === matcher.value;
    case '!=':
      return value !== matcher.value;
    case '=~':
      return matchesRe2(matcher.value, value);
    case '!~':
      return !matchesRe2(matcher.value, value);
  }
}
