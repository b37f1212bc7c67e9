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
} from './promql-tree.ts';

/** The type of an expression that parses, and where its types do not fit. */
export function checkTypes(top: Expr): { readonly type: PromqlType; readonly problems: readonly QueryProblem[] } {
  const problems: QueryProblem[] = [];
  const refuse = (span: Span, message: string): void => void problems.push({ message, span });

  const want = (node: Expr, type: PromqlType, where: string): void => {
    const found = typeOf(node);
    if (found !== type) refuse(node.span, `${where} takes ${named(type)}, and this is ${named(found)}`);
  };

  function typeOf(node: Expr): PromqlType {
    switch (node.kind) {
      case 'number':
        return 'scalar';
      case 'string':
        return 'string';
      case 'selector':
        checkSelector(node);
        return 'vector';
      case 'matrix':
        checkSelector(node.selector);
        return 'matrix';
      case 'subquery':
        want(node.expr, 'vector', 'a subquery');
        return 'matrix';
      case 'paren':
        return typeOf(node.expr);
      case 'unary':
        return unary(node.expr);
      case 'binary':
        return binary(node);
      case 'call':
        return call(node);
      case 'aggregate':
        return aggregate(node);
    }
  }

  function checkSelector(node: Extract<Expr, { kind: 'selector' }>): void {
    const twice = node.nameSpan !== undefined && node.matchers.some(({ label }) => label === '__name__');
    if (twice) refuse(node.span, 'the metric name is set twice');
    if (node.nameSpan === undefined && node.matchers.every(takesEmpty))
      refuse(node.span, 'the selector needs a matcher that does not match the empty text');
  }

  function unary(operand: Expr): PromqlType {
    const type = typeOf(operand);
    if (type === 'matrix' || type === 'string') refuse(operand.span, `a sign does not go with ${named(type)}`);
    return type;
  }

  function binary({ op, bool, matching, left, right, opSpan, span }: Binary): PromqlType {
    const types = [typeOf(left), typeOf(right)];
    for (const [index, side] of [left, right].entries()) {
      const type = types[index];
      if (type === 'matrix' || type === 'string')
        refuse(side.span, `the operator "${op}" takes numbers and instant vectors, and this is ${named(type)}`);
    }
    const vectors = types.every((type) => type === 'vector');
    const scalars = types.every((type) => type === 'scalar');
    const twice = matching.on === true && matching.labels.find((label) => matching.include.includes(label));
    if (bool && !comparisons.has(op)) refuse(opSpan, '"bool" only goes with a comparison');
    if (scalars && comparisons.has(op) && !bool) refuse(opSpan, 'a comparison of two numbers needs "bool"');
    if (setOperators.has(op) && types.includes('scalar'))
      refuse(span, `the operator "${op}" takes two instant vectors`);
    if (!vectors && matching.labels.length > 0) refuse(span, 'matching labels only goes between two vectors');
    if (vectors && setOperators.has(op) && matching.group !== undefined)
      refuse(opSpan, `the operator "${op}" takes no grouping`);
    if (typeof twice === 'string') refuse(opSpan, `the label "${twice}" stands both in "on" and in the grouping`);
    return scalars ? 'scalar' : 'vector';
  }

  function call({ name, args, span }: Call): PromqlType {
    const signature = functions.get(name);
    if (signature === undefined) return 'vector';
    if (args.length < signature.least || (!signature.repeated && args.length > signature.args.length)) {
      const are = args.length === 1 ? 'is' : 'are';
      refuse(span, `"${name}" takes ${counted(signature)}, and here ${are} ${args.length}`);
      return signature.returns;
    }
    for (const [index, arg] of args.entries())
      want(arg, signature.args[index] ?? signature.args.at(-1) ?? 'vector', `"${name}"`);
    return signature.returns;
  }

  function aggregate({ op, param, expr }: Aggregate): PromqlType {
    if (param !== undefined) want(param, parameters.get(op) ?? 'scalar', `"${op}"`);
    want(expr, 'vector', `"${op}"`);
    return 'vector';
  }

  return { type: typeOf(top), problems };
}

function named(type: PromqlType): string {
  return { scalar: 'a number', vector: 'an instant vector', matrix: 'a range vector', string: 'a string' }[type];
}

function counted({ args, least, repeated }: Signature): string {
  const most = repeated ? ' or more' : args.length > least ? ` to ${args.length}` : '';
  return `${least}${most} ${least === 1 && most === '' ? 'argument' : 'arguments'}`;
}
