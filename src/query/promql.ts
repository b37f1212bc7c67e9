import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { QueryProblem } from './problem.ts';
import { checkTypes } from './promql-check.ts';
import { functions, type PromqlType, parameters } from './promql-functions.ts';
import { type Selector, selectorOf } from './promql-selector.ts';

/** A PromQL expression taken apart. */
export interface ParsedPromql {
  readonly problems: readonly QueryProblem[];
  /** What Prometheus 2.47 does not know but a later version does. */
  readonly newer: readonly QueryProblem[];
  readonly selectors: readonly Selector[];
  /** The type of the whole; undefined where it has problems. */
  readonly type?: PromqlType;
}

const keywords = new Set(
  'by without on ignoring group_left group_right and or unless bool offset atan2 fill fill_left fill_right start end step range min_of max_of sum avg min max count group stddev stdvar topk bottomk quantile count_values limitk limit_ratio'.split(
    ' ',
  ),
);
const later = new Set(
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

/** Parses an expression and checks it as Prometheus does (https://prometheus.io/docs/prometheus/latest/querying/basics/). */
export function parsePromql(expr: string): ParsedPromql {
  if (expr.trim() === '') return failed([{ message: 'the expression is empty', span: [0, expr.length] }]);
  const unknown = unknownFunctions(expr);
  if (unknown.length > 0) return failed(unknown);
  // The grammar has dropped holt_winters, which 2.47 still knows, and takes no "5.": others of the same length stand in.
  const masked = expr.replace(/\bholt_winters(?=\s*\()/g, 'clamp       ').replace(/(?<![\w.])(\d+)\.(?!\w)/g, '$1 ');
  const root = parser.parse(masked).topNode;
  const broken = firstError(root, expr);
  if (broken !== undefined) return failed([broken]);
  const selectors: Selector[] = [];
  const newer: QueryProblem[] = [];
  visit(root, (node) => {
    if (node.name === 'VectorSelector') selectors.push(selectorOf(node, expr));
    const later = laterThan(node, expr);
    const covered = newer.some((one) => one.span[0] <= node.from && node.to <= one.span[1]);
    if (later !== undefined && !covered) newer.push({ message: later, span: [node.from, node.to] });
  });
  const top = root.firstChild;
  const { type, problems } = top === null ? { type: undefined, problems: [] } : checkTypes(top, expr);
  const all = [...selectors.flatMap((selector) => selector.problems), ...problems];
  return { problems: all, newer, selectors, ...(all.length > 0 || type === undefined ? {} : { type }) };
}

function failed(problems: readonly QueryProblem[]): ParsedPromql {
  return { problems, newer: [], selectors: [] };
}

/** The grammar knows functions as keywords, so another name before a bracket would only be a syntax error there. */
function unknownFunctions(expr: string): QueryProblem[] {
  const plain = expr.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|#[^\n]*/g, (text) => ' '.repeat(text.length));
  return [...plain.matchAll(/\b([a-zA-Z_][a-zA-Z0-9_]*)\s*\(/g)].flatMap((match) => {
    const name = match[1] ?? '';
    const lower = name.toLowerCase();
    if (functions.has(name) || parameters.has(lower) || keywords.has(lower) || later.has(name)) return [];
    return { message: `there is no function "${name}"`, span: [match.index, match.index + name.length] };
  });
}

function firstError(root: SyntaxNode, expr: string): QueryProblem | undefined {
  let found: QueryProblem | undefined;
  visit(root, (node) => {
    if (!node.type.isError || found !== undefined) return;
    const end = node.to > node.from ? node.to : Math.min(expr.length, node.from + 1);
    const word = expr.slice(node.from, end).trim();
    const message = word === '' ? 'the expression ends too early' : `"${word.slice(0, 40)}" is not expected here`;
    found = { message, span: [Math.min(node.from, Math.max(0, expr.length - 1)), Math.max(end, node.from)] };
  });
  return found;
}

function laterThan(node: SyntaxNode, expr: string): string | undefined {
  if (node.name === 'FunctionIdentifier') {
    const name = expr.slice(node.from, node.to);
    return later.has(name) ? `the function "${name}"` : undefined;
  }
  if (node.name === 'NumberDurationLiteralInDurationContext' || node.name === 'NumberDurationLiteral') {
    const text = expr.slice(node.from, node.to);
    const isDuration = /[smhdwy]$/.test(text) && !/^0x/i.test(text);
    if (text.includes('_')) return 'a number with "_"';
    if (node.name === 'NumberDurationLiteral') return isDuration ? `a duration as a number ("${text}")` : undefined;
    return isDuration ? undefined : `a number as a duration ("${text}")`;
  }
  if (node.name === 'DurationExpr' && node.firstChild?.name !== 'NumberDurationLiteralInDurationContext')
    return 'arithmetic in a duration';
  return laterNodes[node.name];
}

function visit(node: SyntaxNode, see: (node: SyntaxNode) => void): void {
  see(node);
  for (let child = node.firstChild; child !== null; child = child.nextSibling) visit(child, see);
}
