import { has, isWritten, noNulls } from '../facts.ts';
import { isLabelName, labelName, regex } from '../names.ts';
import { noneOf, text, whole } from '../scalars.ts';
import { list, type RecordFault, record, type Shape, scalar } from '../shape.ts';

type Mapping = Readonly<Record<string, unknown>>;

const actions = [
  'replace',
  'keep',
  'drop',
  'keepequal',
  'dropequal',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
];

const action = scalar((value) => (actions.includes(String(value).toLowerCase()) ? undefined : noneOf(value, actions)), {
  mayGrow: true,
});

/** A label's name that may hold `$1` or `${name}`: without the nested repetition of the original, which can take for ever. */
const target = /^(?:[a-zA-Z_]|\$(?:\{\w+\}|\w+))(?:\w|\$(?:\{\w+\}|\w+))*$/;

const equal = ['keepequal', 'dropequal'];
const changing = ['replace', 'lowercase', 'uppercase', ...equal];

function faults(value: Mapping): RecordFault[] {
  if (Object.hasOwn(value, 'action') && value['action'] === null)
    return [{ route: ['action'], wrong: 'is empty', kind: 'missing-key' }];
  const done = String(value['action'] ?? 'replace').toLowerCase();
  const to = String(value['target_label'] ?? '');
  const replacement = String(value['replacement'] ?? '$1');
  const wrong: RecordFault[] = [];
  const say = (key: string, words: string, kind: RecordFault['kind'] = 'invalid-value'): number =>
    wrong.push({ route: [key], wrong: words, ...(kind === undefined ? {} : { kind }) });
  if (done === 'hashmod' && !has(value, 'modulus')) wrong.push(missing('modulus', done));
  if ([...changing, 'hashmod'].includes(done) && to === '') wrong.push(missing('target_label', done));
  else if (changing.includes(done) && !target.test(to))
    say('target_label', `is "${to}", no name of a label`, 'unknown-word');
  else if (done === 'hashmod' && !isLabelName(to))
    say('target_label', `is "${to}", no name of a label`, 'unknown-word');
  if (changing.includes(done) && done !== 'replace' && replacement !== '$1')
    say('replacement', `has no place where the action is "${done}"`, 'conflict');
  if (done === 'labelmap' && !target.test(replacement))
    say('replacement', `is "${replacement}", no name of a label`, 'unknown-word');
  const plain = equal.includes(done) ? ['regex'] : ['source_labels', 'target_label'];
  if (equal.includes(done) || done === 'labeldrop' || done === 'labelkeep') {
    const foreign = [
      ...plain.filter((key) => (key === 'target_label' ? has(value, key) : isWritten(value, key))),
      ...(has(value, 'modulus') ? ['modulus'] : []),
      ...(String(value['separator'] ?? ';') === ';' ? [] : ['separator']),
      ...(replacement === '$1' || equal.includes(done) ? [] : ['replacement']),
    ];
    for (const key of foreign) say(key, `has no place where the action is "${done}"`, 'conflict');
  }
  return wrong;
}

function missing(key: string, done: string): RecordFault {
  return { route: [], wrong: `has no "${key}", which the action "${done}" needs`, kind: 'missing-key' };
}

/** One step of relabelling (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#relabel_config). */
export const relabelConfig: Shape = record(
  'a relabelling step',
  {
    source_labels: list(labelName),
    separator: text(),
    regex,
    modulus: whole(0),
    target_label: text(),
    replacement: text(),
    action,
  },
  { check: faults },
);

/** A list of steps of relabelling. */
export const relabelConfigs: Shape = list(relabelConfig, noNulls);
