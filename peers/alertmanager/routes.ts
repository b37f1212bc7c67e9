import { stringify } from 'yaml';
import { type Choices, choices } from '../support/samples.ts';

/** A random route tree as a configuration, and the labels of one alert. */
export interface RouteCase {
  readonly config: string;
  readonly labels: Readonly<Record<string, string>>;
}

const names = ['severity', 'team', 'alertname', 'site'];
const values = ['critical', 'warning', 'a', 'b', 'ab', 'web-1', ''];
const patterns = [
  'a|b',
  'a.*',
  '.+',
  '',
  'crit.*|warning',
  '[ab]+',
  '(?i)a',
  'web-\\d',
  '(a|b)b?',
  '.*',
  'a\\.b',
  '^a$',
  '\\w+',
];
const receivers = ['root', 'r1', 'r2', 'r3', 'r4'];

/** A tree and labels, the same for the same number. */
export function routeCase(number: number): RouteCase {
  const choose = choices(`routes ${number}`);
  const route = { receiver: 'root', routes: routesBelow(choose, 0) };
  const config = stringify({ route, receivers: receivers.map((name) => ({ name })) });
  const labels = Object.fromEntries(names.filter(() => choose.chance(70)).map((name) => [name, choose.oneOf(values)]));
  return { config, labels };
}

function routesBelow(choose: Choices, depth: number): object[] {
  const count = depth > choose.below(4) ? 0 : 1 + choose.below(4 - Math.min(depth, 2));
  return Array.from({ length: count }, () => ({
    ...(choose.chance(70) ? { receiver: choose.oneOf(receivers) } : {}),
    ...(choose.chance(35) ? { continue: true } : {}),
    ...matchersOf(choose),
    routes: routesBelow(choose, depth + 1),
  }));
}

function matchersOf(choose: Choices): object {
  const form = choose.below(6);
  const label = choose.oneOf(names);
  if (form === 0) return { match: { [label]: choose.oneOf(values), [choose.oneOf(names)]: choose.oneOf(values) } };
  if (form === 1) return { match_re: { [label]: choose.oneOf(patterns) } };
  if (form === 2) return { match: { [label]: choose.oneOf(values) }, matchers: [matcher(choose)] };
  if (form === 3) return { matchers: [`${matcher(choose)}, ${matcher(choose)}`] };
  return { matchers: Array.from({ length: choose.below(3) }, () => matcher(choose)) };
}

function matcher(choose: Choices): string {
  const op = choose.oneOf(['=', '=', '!=', '=~', '=~', '!~']);
  const value = op.endsWith('~') ? choose.oneOf(patterns) : choose.oneOf(values);
  const space = choose.chance(30) ? ' ' : '';
  const written = choose.chance(60) ? `"${value.replace(/\\/g, '\\\\')}"` : value;
  return `${choose.oneOf(names)}${space}${op}${space}${written}`;
}
