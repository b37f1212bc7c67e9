import { kept } from './kept.ts';
import { treeOf } from './promql.ts';
import { takesEmpty } from './promql-selector.ts';
import {
  type Aggregate,
  type Binary,
  bare,
  type Call,
  type Expr,
  type SelectorMatcher,
  setOperators,
  type VectorSelector,
} from './promql-tree.ts';

type Names = ReadonlySet<string>;

/** What an expression itself says about the labels of its result. */
export interface LabelSet {
  /** The labels it can have; undefined where the series decide. */
  readonly only: Names | undefined;
  /** Labels it never has. */
  readonly never: Names;
  /** Labels every element has, for a matcher asks for them or every scrape sets them. */
  readonly sure: Names;
}

/** What an expression says about the labels of its result; undefined where it does not parse. */
export const resultLabelSet: (expr: string) => LabelSet | undefined = kept((expr) => {
  const tree = treeOf(expr);
  return tree === undefined ? undefined : labelSet(tree);
});

/**
 * The labels the result of an expression can have, where the expression itself says so; undefined where they depend on
 * the series (https://prometheus.io/docs/prometheus/2.47/querying/operators/).
 */
export function resultLabels(expr: string): Names | undefined {
  return resultLabelSet(expr)?.only;
}

/** Whether the result of an expression can have a label. */
export function canHave({ only, never }: LabelSet, label: string): boolean {
  return (only === undefined || only.has(label)) && !never.has(label);
}

const none: Names = new Set();
const nothing: LabelSet = { only: none, never: none, sure: none };
const unknown: LabelSet = { only: undefined, never: none, sure: none };
const ofScraped: Names = new Set(['job', 'instance']);
const anyScraped: LabelSet = { only: undefined, never: none, sure: ofScraped };

/** What a node says about the labels of its result. */
export function labelSet(expr: Expr): LabelSet {
  const node = bare(expr);
  switch (node.kind) {
    case 'selector':
      return selected(node);
    case 'matrix':
      return selected(node.selector);
    case 'subquery':
    case 'unary':
      return labelSet(node.expr);
    case 'aggregate':
      return aggregated(node);
    case 'binary':
      return combined(node);
    case 'call':
      return called(node);
    default:
      return nothing;
  }
}

function selected({ metric, matchers }: VectorSelector): LabelSet {
  const never = matchers.some(isEmpty) ? new Set(matchers.filter(isEmpty).map(({ label }) => label)) : none;
  // Series of rules have the labels their rule gives them; scraped ones are told apart by job and instance.
  const scraped = metric !== undefined && !metric.includes(':') && !metric.startsWith('ALERTS');
  if (matchers.length === 0) return scraped ? anyScraped : unknown;
  const sure = new Set(scraped && never.size === 0 ? ofScraped : none);
  for (const matcher of matchers) if (matcher.label !== '__name__' && !takesEmpty(matcher)) sure.add(matcher.label);
  return { only: undefined, never, sure };
}

function isEmpty({ op, value }: SelectorMatcher): boolean {
  return op === '=' && value === '';
}

function aggregated({ op, grouping, labels, param, expr }: Aggregate): LabelSet {
  const inner = labelSet(expr);
  if (op === 'topk' || op === 'bottomk') return inner;
  const kept = grouping === 'without' ? without(inner, [...labels, '__name__']) : keep(inner, labels);
  const value = op === 'count_values' && param?.kind === 'string' ? [param.value] : [];
  return value.length === 0 ? kept : plus(kept, value, value);
}

function combined({ op, matching, left, right }: Binary): LabelSet {
  const [one, other] = [labelSet(left), labelSet(right)];
  if (op === 'or')
    return {
      only: union(one.only, other.only),
      never: shared(one.never, other.never),
      sure: shared(one.sure, other.sure),
    };
  if (setOperators.has(op)) return one;
  if (isScalar(left)) return other;
  if (isScalar(right)) return one;
  if (matching.group !== undefined) {
    const [many, single] = matching.group === 'left' ? [one, other] : [other, one];
    return plus(
      many,
      matching.include,
      matching.include.filter((label) => single.sure.has(label)),
    );
  }
  if (matching.on === true) return keep(one, matching.labels);
  const only = one.only === undefined ? other.only : other.only === undefined ? one.only : shared(one.only, other.only);
  const both: LabelSet = { only, never: new Set([...one.never, ...other.never]), sure: one.sure };
  return matching.on === false ? without({ ...both, only: one.only, never: one.never }, matching.labels) : both;
}

function called(node: Call): LabelSet {
  const { name, args } = node;
  if (name === 'absent' || name === 'absent_over_time') return absentLabels(args[0]);
  const series = seriesOf(node);
  if (series === undefined || name === 'scalar') return nothing;
  const inner = labelSet(series);
  if (name === 'histogram_quantile') return without(inner, ['le']);
  if (name !== 'label_replace' && name !== 'label_join') return inner;
  const target = args[1];
  return target?.kind === 'string' ? plus(without(inner, [target.value]), [target.value], []) : unknown;
}

/** `absent` gives the labels that its selector asks for by equality and in no other way. */
function absentLabels(arg: Expr | undefined): LabelSet {
  const selector = arg?.kind === 'matrix' ? arg.selector : arg;
  if (selector?.kind !== 'selector') return arg?.kind === 'paren' ? unknown : nothing;
  const labels = new Set(keptByAbsent(selector).map(({ label }) => label));
  return { only: labels, never: none, sure: labels };
}

/**
 * The matchers whose labels the result of `absent` has: those that ask for a value by equality, where no other asks for the
 * same label (https://prometheus.io/docs/prometheus/2.47/querying/functions/#absent).
 */
export function keptByAbsent({ matchers }: VectorSelector): SelectorMatcher[] {
  const times = new Map<string, number>();
  for (const { label } of matchers) times.set(label, (times.get(label) ?? 0) + 1);
  return matchers.filter(
    ({ label, op, value }) => label !== '__name__' && op === '=' && value !== '' && times.get(label) === 1,
  );
}

/** Whether an expression is a number: it has no labels and takes part in no matching. */
export function isScalar(expr: Expr): boolean {
  const node = bare(expr);
  if (node.kind === 'unary') return isScalar(node.expr);
  if (node.kind === 'binary') return isScalar(node.left) && isScalar(node.right);
  if (node.kind === 'call') return node.name === 'scalar' || node.name === 'time' || node.name === 'pi';
  return node.kind === 'number';
}

/** The argument of a function that is made of series. */
export function seriesOf({ name, args }: Call): Expr | undefined {
  return name === 'vector' ? undefined : args.find((arg) => !isScalar(arg) && bare(arg).kind !== 'string');
}

function keep(set: LabelSet, labels: readonly string[]): LabelSet {
  if (labels.length === 0) return nothing;
  const can = labels.filter((label) => canHave(set, label));
  return { only: new Set(can), never: none, sure: new Set(can.filter((label) => set.sure.has(label))) };
}

function without({ only, never, sure }: LabelSet, labels: readonly string[]): LabelSet {
  const left = (names: Names): Names => new Set([...names].filter((name) => !labels.includes(name)));
  return { only: only && left(only), never: new Set([...never, ...labels]), sure: left(sure) };
}

function plus({ only, never, sure }: LabelSet, labels: readonly string[], certain: readonly string[]): LabelSet {
  const doubtful = labels.filter((label) => !certain.includes(label));
  return {
    only: only && new Set([...only, ...labels]),
    never: new Set([...never].filter((label) => !labels.includes(label))),
    sure: new Set([...sure, ...certain].filter((label) => !doubtful.includes(label))),
  };
}

function union(a: Names | undefined, b: Names | undefined): Names | undefined {
  return a && b && new Set([...a, ...b]);
}

function shared(a: Names, b: Names): Names {
  return new Set([...a].filter((name) => b.has(name)));
}
