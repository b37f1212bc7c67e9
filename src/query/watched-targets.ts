import { treeOf } from './promql.ts';
import { type Aggregate, type Binary, bare, type Call, type Expr, type VectorSelector } from './promql-tree.ts';
import { type Labels, matcherHolds } from './routing.ts';

/** A part of an expression that has a result as soon as what it looks at is down. */
interface Watch {
  readonly selector: VectorSelector;
  /** Whether one target that is down is enough; otherwise all that the selector takes have to be. */
  readonly each: boolean;
}

/**
 * Whether an alert on an expression fires for certain when one target goes down, whatever else is true: it compares `up`
 * with a number, or asks for the absence of what that target alone exposes. What depends on a further condition, or on a
 * range of the past, does not count: it need not fire at once.
 * @param target the labels of the target, and `targets` those of all targets of the server
 */
export function firesWhenDown(expr: string, target: Labels, targets: readonly Labels[]): boolean {
  const tree = treeOf(expr);
  return (
    tree !== undefined &&
    watchesOf(tree).some(({ selector, each }) => {
      const taken = targets.filter((labels) => takes(selector, labels));
      return takes(selector, target) && (each || taken.length === 1);
    })
  );
}

/** Matchers of labels that no target has are about the metric itself: they leave open whether it is this target's. */
function takes({ matchers }: VectorSelector, labels: Labels): boolean {
  return matchers.every((matcher) => matcher.label === '__name__' || matcherHolds(matcher, labels));
}

function watchesOf(expr: Expr): Watch[] {
  const node = bare(expr);
  if (node.kind === 'binary') return node.op === 'or' ? [node.left, node.right].flatMap(watchesOf) : compared(node);
  if (node.kind === 'call') return absence(node);
  return [];
}

/** `up == 0` and what says the same, either way around. */
function compared({ op, bool, left, right }: Binary): Watch[] {
  const [one, other] = [bare(left), bare(right)];
  if (bool) return [];
  if (other.kind === 'number' && holdsForDown(op, other.value)) return series(one);
  const turned: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };
  return one.kind === 'number' && holdsForDown(turned[op] ?? op, one.value) ? series(other) : [];
}

/** Whether a comparison holds for 0, which `up` then is, and not for 1. */
function holdsForDown(op: string, limit: number): boolean {
  const holds = (value: number): boolean =>
    ({
      '==': value === limit,
      '!=': value !== limit,
      '<': value < limit,
      '<=': value <= limit,
      '>': value > limit,
      '>=': value >= limit,
    })[op] ?? false;
  return holds(0) && !holds(1);
}

function series(node: ReturnType<typeof bare>): Watch[] {
  if (node.kind === 'selector') return node.metric === 'up' && isNow(node) ? [{ selector: node, each: true }] : [];
  return node.kind === 'aggregate' ? aggregated(node) : [];
}

/** With others in the same group, a sum or an average of `up` is not yet nought. */
function aggregated({ op, expr }: Aggregate): Watch[] {
  const inner = bare(expr);
  if (inner.kind !== 'selector' || inner.metric !== 'up' || !isNow(inner)) return [];
  return ['sum', 'avg', 'max', 'min'].includes(op) ? [{ selector: inner, each: op === 'min' }] : [];
}

/** `up` itself stays, as 0; whatever else a target exposes is gone when it is down. */
function absence({ name, args }: Call): Watch[] {
  const selector = args[0] === undefined ? undefined : bare(args[0]);
  if (name !== 'absent' || selector?.kind !== 'selector' || !isNow(selector)) return [];
  const says = selector.matchers.some(({ label, op }) => (label === 'job' || label === 'instance') && op === '=');
  return says && selector.metric !== undefined && selector.metric !== 'up' ? [{ selector, each: false }] : [];
}

function isNow({ offset, pinned }: VectorSelector): boolean {
  return offset === undefined && pinned === undefined;
}
