import type { AlertmanagerConfig, Matcher, Route } from '../../model/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { wordsOf } from '../../query/word-list.ts';
import { defineRule } from '../define-rule.ts';
import { isWhole, type RoutedAlert, routedAlerts } from '../support/alert-ways.ts';
import { misspelt } from '../support/misspelt.ts';
import { quoteAll } from '../support/quote.ts';

const grave = /^(?:critical|crit|emergency|emerg|fatal|disaster|page|pager|high|major|severe|error|p0|p1|sev-?[01])$/i;

/**
 * Where routes tell alerts apart by a label, an alert with a value that none of them names falls through to the root
 * (https://prometheus.io/docs/alerting/0.26/configuration/#route). It may be meant so where the value is a mild one.
 */
export const unroutedValue = defineRule({
  id: 'alertmanager/unrouted-value',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'No grave alert falls through to the root while others of its kind have a route.',
  check: (config, context) => {
    const { route } = config;
    if (route === undefined || !isWhole(config, context)) return [];
    const ended = routedAlerts(config, context).filter(
      ({ likelyWays: { ends } }) => ends.length === 1 && ends[0] === route,
    );
    // Alerts that reach nobody are the matter of another rule.
    if (isSilent(config, route)) return [];
    return [...routedValues(config, route)].flatMap(([label, routed]) => {
      const fallen = Map.groupBy(ended, ({ likely }) => (likely(label)?.length === 1 ? likely(label)?.[0] : '') ?? '');
      return [...fallen].flatMap(([value, alerts]) =>
        value === '' || routed.has(value) ? [] : draft(route, label, value, [...routed], alerts),
      );
    });
  },
});

function isSilent({ receivers }: AlertmanagerConfig, route: Route): boolean {
  return receivers.find(({ name }) => name === route.receiver)?.integrations.length === 0;
}

/** Labels by which the routes below the root tell alerts apart, with the values they name. Those that drop are no way to tell. */
function routedValues(config: AlertmanagerConfig, root: Route): Map<string, Set<string>> {
  const routed = new Map<string, Set<string>>();
  const telling = root.routes.filter((route) => !isSilent(config, route));
  for (const { label, words } of telling.flatMap(({ matchers }) => matchers.flatMap(named))) {
    const all = routed.get(label) ?? new Set();
    for (const word of words) all.add(word);
    routed.set(label, all);
  }
  routed.delete('alertname');
  return routed;
}

function named({ label, op, value }: Matcher): { label: string; words: string[] }[] {
  const words = op === '=' ? [value] : op === '=~' ? wordsOf(value) : undefined;
  return words === undefined || value === '' ? [] : [{ label, words }];
}

function draft(
  root: Route,
  label: string,
  value: string,
  routed: readonly string[],
  alerts: readonly RoutedAlert[],
): FindingDraft[] {
  const [first, ...others] = alerts;
  if (first === undefined) return [];
  const meant = misspelt(value, routed);
  const bad = meant !== undefined || (label === 'severity' && grave.test(value));
  const written = Object.hasOwn(first.rule.labels, label) ? ['labels', label] : ['alert'];
  const who = others.length === 0 ? `Alert "${first.rule.name}"` : `${alerts.length} alerts`;
  const falls = others.length === 0 ? 'falls' : 'fall';
  return [
    {
      at: { ...first.rule.at, pointer: [...(first.rule.at.pointer ?? []), ...written] },
      ...(bad ? {} : { severity: 'info' as const }),
      message: `${who} with "${label}" "${value}" ${falls} through to the root's receiver "${root.receiver}", for the routes know ${quoteAll(routed)}`,
      related: [{ at: root.at, note: 'the routes' }],
      hint:
        meant === undefined
          ? 'Give the value a route, if the root is not meant'
          : `Write "${meant}" and "${value}" alike, if the same is meant`,
      facts: { label, value, alerts: alerts.map(({ rule }) => rule.name), receiver: root.receiver },
    },
  ];
}
