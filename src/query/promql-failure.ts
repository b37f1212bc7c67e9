import type { QueryProblem } from './problem.ts';
import { bare, type Call, type Expr } from './promql-tree.ts';
import { matcherProblem } from './re2.ts';

/** What makes every evaluation of an expression fail although it parses. */
export interface Failure extends QueryProblem {
  /** From 3.0 on a label may have any name. */
  readonly until3: boolean;
}

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Faults of literal arguments, which Prometheus only looks at when it evaluates
 * (https://prometheus.io/docs/prometheus/2.47/querying/functions/#label_replace).
 */
export function failuresOf(nodes: readonly Expr[]): Failure[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'aggregate' && node.op === 'count_values' && node.param !== undefined) return label(node.param);
    if (node.kind !== 'call') return [];
    if (node.name === 'label_replace') return [...label(node.args[1]), ...pattern(node.args[4])];
    if (node.name === 'label_join') return [...label(node.args[1]), ...node.args.slice(3).flatMap(label)];
    return node.name === 'holt_winters' ? factors(node) : [];
  });
}

function label(arg: Expr | undefined): Failure[] {
  const node = arg && bare(arg);
  if (node?.kind !== 'string' || labelName.test(node.value)) return [];
  return [{ message: `"${node.value}" is no name of a label`, span: node.span, until3: node.value !== '' }];
}

function pattern(arg: Expr | undefined): Failure[] {
  const node = arg && bare(arg);
  const problem = node?.kind === 'string' ? matcherProblem(node.value) : undefined;
  return node === undefined || problem === undefined
    ? []
    : [{ message: problem, span: node.span, until3: problem.includes('(?<') }];
}

function factors({ args }: Call): Failure[] {
  return args.slice(1).flatMap((arg) => {
    const node = bare(arg);
    if (node.kind !== 'number' || (node.value > 0 && node.value < 1)) return [];
    return [
      {
        message: `a factor of "holt_winters" lies between 0 and 1, and this is ${node.value}`,
        span: node.span,
        until3: false,
      },
    ];
  });
}
