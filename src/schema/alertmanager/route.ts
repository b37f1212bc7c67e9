import { below, has, noNulls } from '../facts.ts';
import { labelKey, labelName, regex } from '../names.ts';
import { duration, text, truth } from '../scalars.ts';
import { list, map, type RecordFault, type RecordShape, record, type Shape } from '../shape.ts';
import { repeatedIntervals } from './intervals.ts';

type Mapping = Readonly<Record<string, unknown>>;

const groupLabel = text((written) => (written === '...' ? undefined : labelKeyOf(written)));

function labelKeyOf(written: string): string | undefined {
  return labelKey(written) === undefined ? undefined : `is "${written}", no name of a label`;
}

/** A node of the route tree (https://prometheus.io/docs/alerting/0.26/configuration/#route). */
export const route: RecordShape = record(
  'a route',
  () => ({
    receiver: text(),
    group_by: list(groupLabel, groupFaults),
    match: map(text(), labelKey),
    match_re: map(regex, labelKey),
    matchers: list(text()),
    mute_time_intervals: list(text()),
    active_time_intervals: list(text()),
    continue: truth,
    routes: list(route, noNulls),
    group_wait: duration(),
    group_interval: duration({ positive: true }),
    repeat_interval: duration({ positive: true }),
  }),
  { check: (value) => emptyPatterns(value, 'match_re') },
);

function groupFaults(value: readonly unknown[]): RecordFault[] {
  const labels = value.map(String);
  const twice = labels.findIndex((label, index) => label !== '...' && labels.indexOf(label) < index);
  if (twice !== -1) return [{ route: [twice], wrong: 'stands in the list twice', kind: 'conflict' }];
  const all = labels.indexOf('...');
  return all !== -1 && labels.some((label) => label !== '...')
    ? [{ route: [all], wrong: 'groups by every label, so no other may stand beside it', kind: 'conflict' }]
    : [];
}

/** What mutes what (https://prometheus.io/docs/alerting/0.26/configuration/#inhibit_rule). */
export const inhibitRule: Shape = record(
  'an inhibition',
  {
    source_match: map(text(), labelKey),
    source_match_re: map(regex, labelKey),
    source_matchers: list(text()),
    target_match: map(text(), labelKey),
    target_match_re: map(regex, labelKey),
    target_matchers: list(text()),
    equal: list(labelName),
  },
  { check: (value) => emptyPatterns(value, 'source_match_re', 'target_match_re') },
);

/** A label without a pattern: a key that is written is asked for one. */
function emptyPatterns(value: Mapping, ...keys: readonly string[]): RecordFault[] {
  return keys.flatMap((key) =>
    Object.entries(below(value, key)).flatMap(([label, pattern]): RecordFault[] =>
      pattern === null ? [{ route: [key, label], wrong: 'is empty, no regular expression', kind: 'missing-key' }] : [],
    ),
  );
}

/** What the root of the tree must have and must not, and what its routes name that is not there. */
export function treeFaults(config: Mapping): RecordFault[] {
  const root = below(config, 'route');
  const forbidden = ['match', 'match_re', 'matchers', 'mute_time_intervals', 'active_time_intervals', 'continue'];
  const rooted = forbidden
    .filter((key) => isFilled(root, key))
    .map(
      (key): RecordFault => ({
        route: ['route', key],
        wrong: 'stands at the root, which takes every alert',
        kind: 'conflict',
      }),
    );
  const receiver: RecordFault[] = has(root, 'receiver')
    ? []
    : [{ route: ['route'], wrong: 'names no receiver for what no route takes', kind: 'missing-key' }];
  return [...receiver, ...rooted, ...repeatedIntervals(config), ...undefinedIntervals(config)];
}

function isFilled(value: Mapping, key: string): boolean {
  const held = value[key];
  if (typeof held === 'string') return /^(?:y|yes|on|true)$/i.test(held);
  return typeof held === 'object' && held !== null ? Object.keys(held).length > 0 : has(value, key);
}

function undefinedIntervals(config: Mapping): RecordFault[] {
  const known = new Set(
    [config['mute_time_intervals'], config['time_intervals']]
      .flat()
      .map((item) => (typeof item === 'object' && item !== null && 'name' in item ? String(item.name) : undefined)),
  );
  const walk = (node: unknown, path: readonly (string | number)[]): RecordFault[] => {
    if (typeof node !== 'object' || node === null) return [];
    const named = (['mute_time_intervals', 'active_time_intervals'] as const).flatMap((key) =>
      namesIn(node, key).flatMap((name, index): RecordFault[] =>
        known.has(name)
          ? []
          : [{ route: [...path, key, index], wrong: `names the time interval "${name}", which is defined nowhere` }],
      ),
    );
    const children = 'routes' in node && Array.isArray(node.routes) ? node.routes : [];
    return [...named, ...children.flatMap((child: unknown, index) => walk(child, [...path, 'routes', index]))];
  };
  return walk(config['route'], ['route']);
}

function namesIn(node: object, key: string): string[] {
  const held = Object.entries(node).find(([name]) => name === key)?.[1];
  return Array.isArray(held) ? held.map((item) => (item === null ? '' : String(item))) : [];
}
