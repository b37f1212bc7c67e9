import { kept } from './kept.ts';
import { treeOf } from './promql.ts';
import { isScalar, seriesOf } from './promql-labels.ts';
import { type Aggregate, type Binary, bare, type Call, type Expr, type VectorSelector } from './promql-tree.ts';
import { wordsOf } from './word-list.ts';

/** Labels with the values they can have, none of them empty. A label that is not in it may have any value, or none. */
export type Values = ReadonlyMap<string, readonly string[]>;

const none: Values = new Map();

/** The values that an expression itself gives the labels of its result: `up{job="a"} == 0` has the job "a" and no other. */
export const resultValues: (expr: string) => Values = kept((expr) => {
  const tree = treeOf(expr);
  return tree === undefined ? none : valuesOf(tree);
});

function valuesOf(expr: Expr): Values {
  const node = bare(expr);
  switch (node.kind) {
    case 'selector':
      return asked(node, true);
    case 'matrix':
      return asked(node.selector, true);
    case 'aggregate':
      return aggregated(node);
    case 'binary':
      return combined(node);
    case 'call':
      return called(node);
    case 'unary':
    case 'subquery':
      return valuesOf(node.expr);
    default:
      return none;
  }
}

function asked({ matchers }: VectorSelector, lists: boolean): Values {
  const values = new Map<string, readonly string[]>();
  for (const { label, op, value } of matchers) {
    if (label === '__name__' || value === '' || values.has(label)) continue;
    const words = op === '=' ? [value] : op === '=~' && lists ? wordsOf(value) : undefined;
    if (words !== undefined) values.set(label, words);
  }
  return values;
}

function aggregated({ op, grouping, labels, expr }: Aggregate): Values {
  if (op === 'count_values') return none;
  if (op === 'topk' || op === 'bottomk') return valuesOf(expr);
  return grouping === undefined
    ? none
    : only(valuesOf(expr), (label) => labels.includes(label) === (grouping === 'by'));
}

function called(node: Call): Values {
  const { name } = node;
  if (name.startsWith('label_')) return none;
  const series = seriesOf(node);
  if (series === undefined) return none;
  if (!name.startsWith('absent')) return valuesOf(series);
  const selector = series.kind === 'matrix' ? series.selector : series;
  return selector.kind === 'selector' ? asked(selector, false) : none;
}

function combined({ op, matching, left, right }: Binary): Values {
  const [one, other] = [valuesOf(left), valuesOf(right)];
  if (op === 'and' || op === 'unless') return one;
  if (op === 'or') return either(one, other);
  if (isScalar(left)) return other;
  const copied = (values: Values): Values => only(values, (label) => !matching.include.includes(label));
  if (matching.group !== undefined) return copied(matching.group === 'left' ? one : other);
  return matching.on === true ? only(one, (label) => matching.labels.includes(label)) : one;
}

function either(left: Values, right: Values): Values {
  const values = new Map<string, readonly string[]>();
  for (const [label, words] of left) {
    const others = right.get(label);
    if (others !== undefined) values.set(label, [...new Set([...words, ...others])]);
  }
  return values;
}

function only(values: Values, keep: (label: string) => boolean): Values {
  return new Map([...values].filter(([label]) => keep(label)));
}
