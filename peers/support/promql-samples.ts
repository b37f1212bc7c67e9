import { type Choices, choices } from './samples.ts';

type Type = 'scalar' | 'vector' | 'matrix' | 'string';

const calls: Readonly<Record<Type, readonly (readonly [name: string, args: readonly Type[]])[]>> = {
  scalar: [
    ['scalar', ['vector']],
    ['time', []],
    ['pi', []],
  ],
  vector: [
    ['rate', ['matrix']],
    ['increase', ['matrix']],
    ['avg_over_time', ['matrix']],
    ['absent_over_time', ['matrix']],
    ['predict_linear', ['matrix', 'scalar']],
    ['holt_winters', ['matrix', 'scalar', 'scalar']],
    ['quantile_over_time', ['scalar', 'matrix']],
    ['abs', ['vector']],
    ['absent', ['vector']],
    ['clamp', ['vector', 'scalar', 'scalar']],
    ['round', ['vector', 'scalar']],
    ['hour', []],
    ['vector', ['scalar']],
    ['histogram_quantile', ['scalar', 'vector']],
    ['histogram_fraction', ['scalar', 'scalar', 'vector']],
    ['label_replace', ['vector', 'string', 'string', 'string', 'string']],
    ['label_join', ['vector', 'string', 'string', 'string']],
    ['sort_by_label', ['vector', 'string']],
    ['mad_over_time', ['matrix']],
  ],
  matrix: [],
  string: [],
};
const aggregations = ['sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar', 'topk', 'bottomk', 'quantile'];
const operators = '+ - * / % ^ atan2 == != < > <= >= and or unless'.split(' ');
const durations = ['5m', '1h30m', '30s', '1d', '500ms', '1w2d', '1y', '0s', '5', '1m1h'];
const numbers = ['0', '1.5', '.5', '5.', '1e3', '0x1F', '017', 'Inf', '-1', 'NaN', '1e400', '5m', '1_000'];
const metrics = ['up', 'a:b:c', 'sum', 'offset', 'by', 'start', 'node_load1', '{a="b"}', '{}', '{__name__=~"x.*"}'];
const labels = ['job', 'instance', 'le', 'by', 'on', 'bool', 'without', 'a:b'];
const matchers = [
  'job="a"',
  "a!='b'",
  'x=~`a|b`',
  'y!~"(c"',
  'z=~"(?<n>a)"',
  'w=~"(?P<n>a)(?P<n>b)"',
  '__name__="q"',
  'v="\\x41\\777"',
];
const mutations = [
  ...operators,
  ...durations,
  ...numbers,
  ...'( ) { } [ ] , : = =~ !~ ! @ # \\ " \' ` é bool on(a) ignoring(b) group_left group_right(x) by(a) without() offset'.split(
    ' ',
  ),
  '[5m]',
  '[5m:1m]',
  '[5m s1m]',
  ' offset -5m',
  ' @ start()',
  ' @ 17.5',
  ' ',
  '\n',
];

/** Expressions of every kind: most as the grammar has them, with a wrong type here and there; then torn and patched. */
export function promqlSamples(seeds: readonly string[], grown: number, mutated: number): string[] {
  const choose = choices('promql');
  const all = new Set(seeds);
  while (all.size < seeds.length + grown) all.add(expression(choose, choose.chance(90) ? 'vector' : 'scalar', 4));
  const whole = [...all];
  while (all.size < whole.length + mutated) all.add(patched(choose, choose.oneOf(whole), whole));
  return [...all].filter((one) => one.trim() !== '');
}

function expression(choose: Choices, wanted: Type, depth: number): string {
  const type = choose.chance(3) ? choose.oneOf<Type>(['scalar', 'vector', 'matrix', 'string']) : wanted;
  if (type === 'string') return choose.oneOf(['"a"', "'b'", '`c\\d`', '"\\n"', '"(.*)"']);
  if (type === 'matrix') return matrix(choose, depth);
  if (type === 'scalar' && (depth <= 0 || choose.chance(60))) return choose.oneOf(numbers);
  if (depth <= 0 || choose.chance(20)) return shifted(choose, selector(choose));
  const kind = choose.below(10);
  if (kind < 4) return called(choose, type, depth);
  if (kind < 6 && type === 'vector') return aggregated(choose, depth);
  if (kind < 7) return `(${expression(choose, type, depth - 1)})`;
  if (kind < 8) return `-${expression(choose, type, depth - 1)}`;
  const left = expression(choose, type, depth - 1);
  const right = expression(choose, choose.chance(70) ? type : 'scalar', depth - 1);
  return `${left} ${choose.oneOf(operators)}${modifiers(choose)} ${right}`;
}

function modifiers(choose: Choices): string {
  const bool = choose.chance(15) ? ' bool' : '';
  if (!choose.chance(20)) return bool;
  const group = choose.chance(40) ? choose.oneOf([' group_left', ' group_right(le)', ' group_left(job, le)']) : '';
  return `${bool} ${choose.oneOf(['on', 'ignoring'])}${grouping(choose)}${group}`;
}

function grouping(choose: Choices): string {
  return `(${Array.from({ length: choose.below(3) }, () => choose.oneOf(labels)).join(', ')})`;
}

function selector(choose: Choices): string {
  const metric = choose.oneOf(metrics);
  if (metric.startsWith('{') || choose.chance(50)) return metric;
  return `${metric}{${Array.from({ length: choose.below(3) }, () => choose.oneOf(matchers)).join(',')}}`;
}

function shifted(choose: Choices, selected: string): string {
  if (choose.chance(80)) return selected;
  return `${selected}${choose.oneOf([' offset 5m', ' offset -1h', ' @ end()', ' @ 1600000000', ' offset 1d @ start()'])}`;
}

function matrix(choose: Choices, depth: number): string {
  if (choose.chance(75)) return shifted(choose, `${selector(choose)}[${choose.oneOf(durations)}]`);
  const step = choose.chance(50) ? choose.oneOf(durations) : '';
  return shifted(choose, `${expression(choose, 'vector', depth - 1)}[${choose.oneOf(durations)}:${step}]`);
}

function called(choose: Choices, type: Type, depth: number): string {
  const [name, args] = choose.oneOf(calls[type]);
  const given = args.map((arg) => expression(choose, arg, depth - 1));
  if (choose.chance(4)) given.pop();
  return `${name}(${given.join(', ')})`;
}

function aggregated(choose: Choices, depth: number): string {
  const name = choose.oneOf(aggregations);
  const takes = name === 'topk' || name === 'bottomk' || name === 'quantile';
  const args = [
    ...(takes !== choose.chance(3) ? [expression(choose, 'scalar', 0)] : []),
    expression(choose, 'vector', depth - 1),
  ];
  const how = choose.chance(60) ? ` ${choose.oneOf(['by', 'without'])} ${grouping(choose)} ` : '';
  return choose.chance(50) ? `${name}${how}(${args.join(', ')})` : `${name}(${args.join(', ')})${how}`;
}

function patched(choose: Choices, whole: string, others: readonly string[]): string {
  let text = whole;
  for (let left = 1 + choose.below(2); left > 0; left -= 1) {
    const from = choose.below(text.length + 1);
    const to = Math.min(text.length, from + choose.below(4));
    const other = choose.oneOf(others);
    const start = choose.below(other.length);
    const put = choose.oneOf([
      '',
      choose.oneOf(mutations),
      ` ${choose.oneOf(mutations)} `,
      other.slice(start, start + 12),
    ]);
    text = text.slice(0, from) + put + text.slice(choose.chance(50) ? from : to);
  }
  return text;
}
