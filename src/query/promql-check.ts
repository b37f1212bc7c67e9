import type { SyntaxNode } from '@lezer/common';
import { durationSeconds } from '../model/duration.ts';
import { goString } from './go-string.ts';
import type { QueryProblem } from './problem.ts';
import { functions, type PromqlType, parameters, type Signature } from './promql-functions.ts';

/** The type of an expression, and where its types do not fit: what the grammar lets through and Prometheus refuses. */
export function checkTypes(
  top: SyntaxNode,
  expr: string,
): { readonly type: PromqlType | undefined; readonly problems: readonly QueryProblem[] } {
  const problems: QueryProblem[] = [];
  const refuse = (node: SyntaxNode, message: string): void =>
    void problems.push({ message, span: [node.from, node.to] });
  const text = (node: SyntaxNode): string => expr.slice(node.from, node.to);

  const want = (node: SyntaxNode, type: PromqlType, where: string): void => {
    const found = typeOf(node);
    if (found !== undefined && found !== type)
      refuse(node, `${where} takes ${named(type)}, and this is ${named(found)}`);
  };

  function typeOf(node: SyntaxNode): PromqlType | undefined {
    const inner = node.firstChild;
    switch (node.name) {
      case 'NumberDurationLiteral':
        return 'scalar';
      case 'StringLiteral': {
        const read = goString(text(node));
        if ('problem' in read) refuse(node, read.problem);
        return 'string';
      }
      case 'VectorSelector':
        return 'vector';
      case 'ParenExpr':
        return inner === null ? undefined : typeOf(inner);
      case 'MatrixSelector':
        if (inner !== null && lastPart(inner).name !== 'VectorSelector')
          refuse(inner, 'a range in brackets can only follow a selector');
        else if (inner !== null) noOperand(inner);
        checkDuration(node);
        return 'matrix';
      case 'SubqueryExpr':
        if (inner !== null) want(lastPart(inner), 'vector', 'a subquery');
        if (inner !== null) noOperand(inner);
        checkDuration(node);
        return 'matrix';
      case 'OffsetExpr':
      case 'StepInvariantExpr':
        if (inner !== null && !selectors.has(lastPart(inner).name))
          refuse(inner, `"${node.name === 'OffsetExpr' ? 'offset' : '@'}" can only follow a selector or a subquery`);
        return inner === null ? undefined : typeOf(inner);
      case 'AnchoredExpr':
      case 'SmoothedExpr':
        return inner === null ? undefined : typeOf(inner);
      case 'UnaryExpr':
        return unary(node);
      case 'BinaryExpr':
        return binary(node);
      case 'FunctionCall':
        return call(node);
      case 'AggregateExpr':
        return aggregate(node);
      default:
        return undefined;
    }
  }

  /** In `a + b[5m]` the grammar gives the range to the whole sum; Prometheus gives it to `b`, which is then no operand. */
  function noOperand(inner: SyntaxNode): void {
    if (inner !== lastPart(inner)) refuse(lastPart(inner), 'an operator takes no range vector');
  }

  function checkDuration(node: SyntaxNode): void {
    const duration = node.getChild('DurationExpr');
    if (duration !== null && durationSeconds(text(duration)) === 0) refuse(duration, 'a range must be longer than 0');
  }

  function unary(node: SyntaxNode): PromqlType | undefined {
    const operand = node.lastChild;
    const type = operand === null ? undefined : typeOf(operand);
    if (operand !== null && (type === 'matrix' || type === 'string'))
      refuse(operand, `a sign does not go with ${named(type)}`);
    return type;
  }

  function binary(node: SyntaxNode): PromqlType | undefined {
    const { firstChild: left, lastChild: right } = node;
    const operator = left?.nextSibling;
    if (left === null || right === null || !operator) return undefined;
    const types = [typeOf(left), typeOf(right)];
    const word = text(operator).toLowerCase();
    for (const [index, side] of [left, right].entries()) {
      const type = types[index];
      if (type === 'matrix' || type === 'string')
        refuse(side, `the operator "${word}" takes numbers and instant vectors, and this is ${named(type)}`);
    }
    const bool = node.getChild('BoolModifier') !== null;
    const matching = node.getChild('MatchingModifierClause');
    const scalars = types.every((type) => type === 'scalar');
    if (bool && !comparisons.has(word)) refuse(node, '"bool" only goes with a comparison');
    if (scalars && comparisons.has(word) && !bool) refuse(node, 'a comparison of two numbers needs "bool"');
    if (sets.has(word) && types.includes('scalar')) refuse(node, `the operator "${word}" takes two instant vectors`);
    if (matching !== null && types.includes('scalar'))
      refuse(matching, 'matching labels only goes between two vectors');
    if (matching !== null && sets.has(word) && (matching.getChild('GroupLeft') ?? matching.getChild('GroupRight')))
      refuse(matching, `the operator "${word}" takes no grouping`);
    if (matching !== null) checkGrouping(matching);
    return types.includes(undefined) ? undefined : scalars ? 'scalar' : 'vector';
  }

  function checkGrouping(matching: SyntaxNode): void {
    const [on, group] = matching.getChildren('GroupingLabels').map((list) => list.getChildren('LabelName').map(text));
    const twice = matching.getChild('On') === null ? undefined : on?.find((label) => group?.includes(label));
    if (twice !== undefined) refuse(matching, `the label "${twice}" stands both in "on" and in the grouping`);
  }

  function call(node: SyntaxNode): PromqlType | undefined {
    const [head, body] = [node.firstChild, node.lastChild];
    if (head === null || body === null) return undefined;
    const name = /^\w+/.exec(expr.slice(head.from))?.[0] ?? '';
    const args = argumentsOf(body);
    const signature = functions.get(name);
    if (signature === undefined) {
      for (const arg of args) typeOf(arg);
      return undefined;
    }
    if (args.length < signature.least || (!signature.repeated && args.length > signature.args.length)) {
      refuse(
        node,
        `"${name}" takes ${counted(signature)}, and here ${args.length === 1 ? 'is' : 'are'} ${args.length}`,
      );
      return signature.returns;
    }
    for (const [index, arg] of args.entries())
      want(arg, signature.args[index] ?? signature.args.at(-1) ?? 'vector', `"${name}"`);
    return signature.returns;
  }

  function aggregate(node: SyntaxNode): PromqlType {
    const name = node.firstChild === null ? '' : text(node.firstChild).toLowerCase();
    const body = node.getChild('FunctionCallBody');
    const args = body === null ? [] : argumentsOf(body);
    const parameter = parameters.get(name);
    const expected = parameter === undefined ? 1 : 2;
    const [first, second] = args;
    if (args.length !== expected)
      refuse(
        node,
        `"${name}" takes ${expected} ${expected === 1 ? 'argument' : 'arguments'}, and here ${args.length === 1 ? 'is' : 'are'} ${args.length}`,
      );
    else if (parameter === undefined && first !== undefined) want(first, 'vector', `"${name}"`);
    else if (parameter !== undefined && first !== undefined && second !== undefined) {
      want(first, parameter, `"${name}"`);
      want(second, 'vector', `"${name}"`);
    }
    return 'vector';
  }

  return { type: typeOf(top), problems };
}

const selectors = new Set(['VectorSelector', 'MatrixSelector', 'SubqueryExpr', 'OffsetExpr', 'StepInvariantExpr']);
const comparisons = new Set(['==', '!=', '<', '>', '<=', '>=']);
const sets = new Set(['and', 'or', 'unless']);

/** The grammar binds a suffix looser than an operator, Prometheus tighter: what it follows is the last operand. */
function lastPart(node: SyntaxNode): SyntaxNode {
  const last = node.name === 'BinaryExpr' || node.name === 'UnaryExpr' ? node.lastChild : null;
  return last === null ? node : lastPart(last);
}

function argumentsOf(body: SyntaxNode): SyntaxNode[] {
  const args: SyntaxNode[] = [];
  for (let child = body.firstChild; child !== null; child = child.nextSibling)
    if (child.name !== 'LineComment') args.push(child);
  return args;
}

function named(type: PromqlType): string {
  return { scalar: 'a number', vector: 'an instant vector', matrix: 'a range vector', string: 'a string' }[type];
}

function counted({ args, least, repeated }: Signature): string {
  const most = repeated ? ' or more' : args.length > least ? ` to ${args.length}` : '';
  return `${least}${most} ${least === 1 && most === '' ? 'argument' : 'arguments'}`;
}
