import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { goString } from './go-string.ts';
import type { QueryProblem } from './problem.ts';
import type { Selector } from './promql-selector.ts';

const laterFunctions = new Set(
  'histogram_avg histogram_quantiles double_exponential_smoothing info mad_over_time first_over_time ts_of_first_over_time ts_of_max_over_time ts_of_min_over_time ts_of_last_over_time sort_by_label sort_by_label_desc start_timestamp start end step range'.split(
    ' ',
  ),
);
const laterNodes: Readonly<Record<string, string>> = {
  LimitK: 'the aggregation "limitk"',
  LimitRatio: 'the aggregation "limit_ratio"',
  FillModifier: 'the modifier "fill"',
  AnchoredExpr: 'the modifier "anchored"',
  SmoothedExpr: 'the modifier "smoothed"',
  QuotedLabelName: 'a label name in quotes',
  TrimUpper: 'the operator "</"',
  TrimLower: 'the operator ">/"',
};

/** What an expression uses that Prometheus 2.47 does not know but a later version does, and what it reads. */
export interface Later {
  readonly newer: readonly QueryProblem[];
  readonly selectors: readonly Selector[];
}

/**
 * Asks the grammar of the newest Prometheus about an expression that 2.47 refuses: undefined where it, too, sees a fault,
 * or where nothing in it is newer (https://prometheus.io/docs/prometheus/latest/querying/basics/).
 */
export function laterThan247(expr: string): Later | undefined {
  const newer: QueryProblem[] = [];
  const selectors: Selector[] = [];
  const cursor = parser.parse(expr).cursor();
  do {
    if (cursor.type.isError) return undefined;
    if (cursor.name === 'VectorSelector') selectors.push(selectorOf(cursor.node, expr));
    const { from, to } = cursor;
    const message = laterThan(cursor.node, expr);
    const covered = newer.some(({ span }) => span[0] <= from && to <= span[1]);
    if (message !== undefined && !covered) newer.push({ message, span: [from, to] });
  } while (cursor.next());
  return newer.length === 0 ? undefined : { newer, selectors };
}

function laterThan(node: SyntaxNode, expr: string): string | undefined {
  const text = expr.slice(node.from, node.to);
  switch (node.name) {
    case 'FunctionIdentifier':
      return laterFunctions.has(text) ? `the function "${text}"` : undefined;
    case 'StringLiteral':
      return /\(\?<[a-zA-Z_]/.test(text) ? 'a group named "(?<…>" in a regular expression' : undefined;
    case 'NumberDurationLiteral':
      return text.includes('_')
        ? 'a number with "_"'
        : isDuration(text)
          ? `a duration as a number ("${text}")`
          : undefined;
    case 'NumberDurationLiteralInDurationContext':
      return isDuration(text) ? undefined : `a number as a duration ("${text}")`;
    case 'DurationExpr':
      return node.firstChild?.name === 'NumberDurationLiteralInDurationContext'
        ? undefined
        : 'arithmetic in a duration';
    default:
      return laterNodes[node.name];
  }
}

function isDuration(text: string): boolean {
  return /[smhdwy]$/.test(text) && !/^0x/i.test(text);
}

function selectorOf(node: SyntaxNode, expr: string): Selector {
  const list = node.getChild('LabelMatchers');
  const written = node.getChild('Identifier') ?? list?.getChild('QuotedLabelName') ?? null;
  const named = written === null ? undefined : unquoted(expr.slice(written.from, written.to));
  const matchers = (list?.getChildren('UnquotedLabelMatcher') ?? []).flatMap((child) => {
    const text = (name: string): string => {
      const part = child.getChild(name);
      return part === null ? '' : expr.slice(part.from, part.to);
    };
    const op = text('MatchOp');
    return op === '=' || op === '!=' || op === '=~' || op === '!~'
      ? [{ label: text('LabelName'), op, value: unquoted(text('StringLiteral')) } as const]
      : [];
  });
  const metric = named ?? matchers.find(({ label, op }) => label === '__name__' && op === '=')?.value;
  return { ...(metric === undefined ? {} : { metric }), matchers, span: [node.from, node.to] };
}

function unquoted(literal: string): string {
  if (!/^["'`]/.test(literal)) return literal;
  const read = goString(literal);
  return 'text' in read ? read.text : literal;
}
