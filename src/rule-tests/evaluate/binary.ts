import { type Binary, comparisons, type Matching } from '../../query/promql-tree.ts';
import { distinct } from './instant-functions.ts';
import { dropName, type Element, EvaluationFailed, keep, keyOf, type Value, withLabel, without } from './value.ts';

/** A binary operator (https://prometheus.io/docs/prometheus/2.47/querying/operators/). */
export function combined(node: Binary, left: Value, right: Value): Value {
  if (typeof left === 'string' || typeof right === 'string') throw new EvaluationFailed('an operator takes no text');
  if (typeof left === 'number' && typeof right === 'number') return arithmetic(node.op, left, right);
  if (typeof right === 'number') return withScalar(node, left as readonly Element[], right, false);
  if (typeof left === 'number') return withScalar(node, right, left, true);
  switch (node.op) {
    case 'and':
      return sieved(node.matching, left, right, true);
    case 'unless':
      return sieved(node.matching, left, right, false);
    case 'or': {
      const there = new Set(left.map(({ labels }) => signature(node.matching, labels)));
      return [...left, ...right.filter(({ labels }) => !there.has(signature(node.matching, labels)))];
    }
    default:
      return joined(node, left, right);
  }
}

function sieved(matching: Matching, left: readonly Element[], right: readonly Element[], wanted: boolean): Element[] {
  const there = new Set(right.map(({ labels }) => signature(matching, labels)));
  return left.filter(({ labels }) => there.has(signature(matching, labels)) === wanted);
}

function signature({ on, labels: names }: Matching, labels: Element['labels']): string {
  return keyOf(on === true ? keep(labels, names) : without(dropName(labels), names));
}

function withScalar({ op, bool }: Binary, vector: readonly Element[], scalar: number, isLeft: boolean): Element[] {
  const compares = comparisons.has(op);
  return vector.flatMap(({ labels, value }): Element[] => {
    const result = isLeft ? arithmetic(op, scalar, value) : arithmetic(op, value, scalar);
    if (!compares || bool) return [{ labels: dropName(labels), value: result }];
    return result === 1 ? [{ labels, value }] : [];
  });
}

function joined(node: Binary, left: readonly Element[], right: readonly Element[]): Element[] {
  const { matching, op, bool } = node;
  const swapped = matching.group === 'right';
  const [many, one] = swapped ? [right, left] : [left, right];
  const ones = new Map<string, Element>();
  for (const element of one) {
    const key = signature(matching, element.labels);
    if (ones.has(key)) throw new EvaluationFailed('found duplicate series for the match group');
    ones.set(key, element);
  }
  const taken = new Set<string>();
  const found = many.flatMap((element): Element[] => {
    const key = signature(matching, element.labels);
    const other = ones.get(key);
    if (other === undefined) return [];
    const [a, b] = swapped ? [other.value, element.value] : [element.value, other.value];
    const result = arithmetic(op, a, b);
    const filters = comparisons.has(op) && !bool;
    if (filters && result !== 1) return [];
    if (matching.group === undefined) {
      if (taken.has(key))
        throw new EvaluationFailed('multiple matches for labels: many-to-one matching must be explicit');
      taken.add(key);
    }
    return [{ labels: resultLabels(matching, element.labels, other.labels, !filters), value: filters ? a : result }];
  });
  return distinct(found);
}

function resultLabels(
  matching: Matching,
  many: Element['labels'],
  one: Element['labels'],
  drops: boolean,
): Element['labels'] {
  let labels = drops ? dropName(many) : many;
  if (matching.group === undefined) {
    labels = matching.on === true ? keep(labels, matching.labels) : without(labels, matching.labels);
  }
  for (const name of matching.include) labels = withLabel(labels, name, one[name] ?? '');
  return labels;
}

/** Two numbers and an operator; a comparison is 1 or 0. */
function arithmetic(op: string, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '^':
      return a ** b;
    case 'atan2':
      return Math.atan2(a, b);
    default:
      return compare(op, a, b) ? 1 : 0;
  }
}

function compare(op: string, a: number, b: number): boolean {
  switch (op) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    default:
      return a >= b;
  }
}
