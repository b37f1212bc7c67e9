import { durationSeconds } from '../../model/duration.ts';
import { has } from '../facts.ts';
import { isLabelName } from '../names.ts';
import { duration, filled, text, whole } from '../scalars.ts';
import { anything, list, map, type RecordFault, type RecordShape, record } from '../shape.ts';

type Mapping = Readonly<Record<string, unknown>>;

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** Null, a list or a mapping are no name: the reader takes the node and finds no text in it. */
const written = (value: Mapping, key: string): string => {
  const held = Object.hasOwn(value, key) ? value[key] : undefined;
  return held === null || held === undefined || typeof held === 'object' ? '' : String(held);
};

function faults(value: Mapping): RecordFault[] {
  const [alert, name] = [written(value, 'alert'), written(value, 'record')];
  const found: RecordFault[] = [];
  if (alert !== '' && name !== '')
    found.push({ route: ['record'], wrong: 'stands beside "alert", and a rule is one of the two', kind: 'conflict' });
  if (alert === '' && name === '')
    found.push({ route: [], wrong: 'has no "alert" and no "record"', kind: 'missing-key' });
  if (written(value, 'expr') === '') found.push({ route: [], wrong: 'has no "expr"', kind: 'missing-key' });
  if (name === '') return found;
  if (!metricName.test(name))
    found.push({ route: ['record'], wrong: `is "${name}", no name of a metric`, kind: 'unknown-word' });
  if (Object.keys(Object(value['annotations'])).length > 0) found.push(misplaced('annotations'));
  for (const key of ['for', 'keep_firing_for'])
    if (has(value, key) && durationSeconds(String(value[key])) !== 0) found.push(misplaced(key));
  return found;
}

function misplaced(key: string): RecordFault {
  return { route: [key], wrong: 'has no place in a recording rule', kind: 'conflict' };
}

const label = (name: unknown): string | undefined =>
  isLabelName(String(name)) && name !== '__name__' ? undefined : 'is no name that a label of a rule may have';

const rule = record(
  'a rule',
  {
    alert: anything,
    record: anything,
    expr: anything,
    for: text(),
    keep_firing_for: duration(),
    labels: map(text(), label),
    annotations: map(text(), (name) => (isLabelName(String(name)) ? undefined : 'is no name of an annotation')),
  },
  { check: faults },
);

const group = record(
  'a group of rules',
  {
    name: filled,
    interval: duration(),
    limit: whole(),
    rules: list(rule),
  },
  { required: ['name'] },
);

/**
 * A file of rules as Prometheus 2.47 reads it (https://prometheus.io/docs/prometheus/2.47/configuration/recording_rules/).
 * Expressions, templates and the duration of `for` are rules of their own.
 */
export const ruleFile: RecordShape = record('a file of rules', {
  groups: list(group, (groups) => {
    const names = new Set<string>();
    return groups.flatMap((one, index): RecordFault[] => {
      // A null is no group: the reader leaves it out.
      if (one === null) return [];
      const name = String(Object(one).name ?? '');
      const twice = names.has(name);
      names.add(name);
      return twice
        ? [{ route: [index, 'name'], wrong: `is "${name}", the name of another group too`, kind: 'conflict' }]
        : [];
    });
  }),
});
