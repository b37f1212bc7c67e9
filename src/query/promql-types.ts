import type { QueryProblem } from './problem.ts';
import { functions, type PromqlType, parameters, type Signature } from './promql-functions.ts';
import { takesEmpty } from './promql-selector.ts';
import {
  type Aggregate,
  type Binary,
  type Call,
  comparisons,
  type Expr,
  type Span,
  setOperators,
  type VectorSelector,
} from './promql-tree.ts';

/** The type of an expression that parses, and where its types do not fit. */
export function checkTypes(top: Expr): { readonly type: PromqlType; readonly problems: readonly QueryProblem[] } {
  const problems: QueryProblem[] = [];
  return { type: typeOf(problems, top), problems };
}

function typeOf(problems: QueryProblem[], node: Expr): PromqlType {
  switch (node.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'selector':
      checkSelector(problems, node);
      return 'vector';
    case 'matrix':
      checkSelector(problems, node.selector);
      return 'matrix';
    case 'subquery':
      want(problems, node.expr, 'vector', 'a subquery');
      return 'matrix';
    case 'paren':
      return typeOf(problems, node.expr);
    case 'unary':
      return unary(problems, node.expr);
    case 'binary':
      return binary(problems, node);
    case 'call':
      return call(problems, node);
    case 'aggregate':
      return aggregate(problems, node);
  }
}

function want(problems: QueryProblem[], node: Expr, type: PromqlType, where: string): void {
  const found = typeOf(problems, node);
  if (found !== type) refuse(problems, node.span, `${where} takes ${named(type)}, and this is ${named(found)}`);
}

function refuse(problems: QueryProblem[], span: Span, message: string): void {
  problems.push({ message, span });
}

function checkSelector(problems: QueryProblem[], { nameSpan, matchers, span }: VectorSelector): void {
  if (nameSpan !== undefined) {
    if (matchers.some(({ label }) => label === '__name__')) refuse(problems, span, 'the metric name is set twice');
  } else if (matchers.every(takesEmpty))
    refuse(problems, span, 'the selector needs a matcher that does not match the empty text');
}

function unary(problems: QueryProblem[], operand: Expr): PromqlType {
  const type = typeOf(problems, operand);
  if (type === 'matrix' || type === 'string') refuse(problems, operand.span, `a sign does not go with ${named(type)}`);
  return type;
}

function binary(problems: QueryProblem[], node: Binary): PromqlType {
  const { op, bool, matching, left, right, opSpan, span } = node;
  const one = typeOf(problems, left);
  const other = typeOf(problems, right);
  checkSide(problems, op, left, one);
  checkSide(problems, op, right, other);
  const vectors = one === 'vector' && other === 'vector';
  const scalars = one === 'scalar' && other === 'scalar';
  const twice = matching.on === true && matching.labels.find((label) => matching.include.includes(label));
  if (bool && !comparisons.has(op)) refuse(problems, opSpan, '"bool" only goes with a comparison');
  if (scalars && comparisons.has(op) && !bool) refuse(problems, opSpan, 'a comparison of two numbers needs "bool"');
  if (setOperators.has(op) && (one === 'scalar' || other === 'scalar'))
    refuse(problems, span, `the operator "${op}" takes two instant vectors`);
  if (!vectors && matching.labels.length > 0) refuse(problems, span, 'matching labels only goes between two vectors');
  if (vectors && setOperators.has(op) && matching.group !== undefined)
    refuse(problems, opSpan, `the operator "${op}" takes no grouping`);
  if (typeof twice === 'string')
    refuse(problems, opSpan, `the label "${twice}" stands both in "on" and in the grouping`);
  return scalars ? 'scalar' : 'vector';
}

function checkSide(problems: QueryProblem[], op: string, { span }: Expr, type: PromqlType): void {
  if (type === 'matrix' || type === 'string')
    refuse(problems, span, `the operator "${op}" takes numbers and instant vectors, and this is ${named(type)}`);
}

function call(problems: QueryProblem[], { name, args, span }: Call): PromqlType {
  const signature = functions.get(name);
  if (signature === undefined) return 'vector';
  if (args.length < signature.least || (!signature.repeated && args.length > signature.args.length)) {
    const are = args.length === 1 ? 'is' : 'are';
    refuse(problems, span, `"${name}" takes ${counted(signature)}, and here ${are} ${args.length}`);
    return signature.returns;
  }
  args.forEach((arg, index) => {
    want(problems, arg, signature.args[index] ?? signature.args.at(-1) ?? 'vector', `"${name}"`);
  });
  return signature.returns;
}

function aggregate(problems: QueryProblem[], { op, param, expr }: Aggregate): PromqlType {
  if (param !== undefined) want(problems, param, parameters.get(op) ?? 'scalar', `"${op}"`);
  want(problems, expr, 'vector', `"${op}"`);
  return 'vector';
}

function named(type: PromqlType): string {
  return { scalar: 'a number', vector: 'an instant vector', matrix: 'a range vector', string: 'a string' }[type];
}

function counted({ args, least, repeated }: Signature): string {
  const most = repeated ? ' or more' : args.length > least ? ` to ${args.length}` : '';
  return `${least}${most} ${least === 1 && most === '' ? 'argument' : 'arguments'}`;
}
