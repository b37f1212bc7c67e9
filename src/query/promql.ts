import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { kept } from './kept.ts';
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

const perhapsLater = new Set([
  ...Object.keys(laterNodes),
  'FunctionIdentifier',
  'NumberDurationLiteral',
  'NumberDurationLiteralInDurationContext',
  'DurationExpr',
]);

interface Analysis {
  readonly parsed: ParsedPromql;
  /** Where it is the tree of the expression as written. */
  readonly tree?: Tree;
}

/** Strings and comments, which stay as they are; then what the grammar does not know. */
const standIns = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|#[^\n]*|\bholt_winters(?=\s*\()|(?<![\w.])\d+\.(?!\w)/g;
const analysed = kept(analyse);

/** Parses an expression and checks it as Prometheus does (https://prometheus.io/docs/prometheus/latest/querying/basics/). */
export function parsePromql(expr: string): ParsedPromql {
  return analysed(expr).parsed;
}

/** The syntax of an expression as written; null where it has problems. */
export function syntaxOf(expr: string): SyntaxNode | null {
  const { parsed, tree } = analysed(expr);
  return parsed.problems.length > 0 ? null : (tree ?? parser.parse(expr)).topNode.firstChild;
}

function analyse(expr: string): Analysis {
  if (expr.trim() === '') return failed([{ message: 'the expression is empty', span: [0, expr.length] }]);
  const unknown = unknownFunctions(expr);
  if (unknown.length > 0) return failed(unknown);
  // The grammar has dropped holt_winters, which 2.47 still knows, and takes no "5.": others of the same length stand in.
  const masked = expr.replace(standIns, (text) =>
    text === 'holt_winters' ? 'clamp       ' : /^\d/.test(text) ? text.replace('.', ' ') : text,
  );
  const tree = parser.parse(masked);
  const broken = firstError(tree, expr);
  if (broken !== undefined) return failed([broken]);
  const selectors: Selector[] = [];
  const newer: QueryProblem[] = [];
  const cursor = tree.cursor();
  do {
    if (cursor.name === 'VectorSelector') selectors.push(selectorOf(cursor.node, expr));
    if (!perhapsLater.has(cursor.name)) continue;
    const { node } = cursor;
    const later = laterThan(node, expr);
    const covered = newer.some((one) => one.span[0] <= node.from && node.to <= one.span[1]);
    if (later !== undefined && !covered) newer.push({ message: later, span: [node.from, node.to] });
  } while (cursor.next());
  const top = tree.topNode.firstChild;
  const { type, problems } = top === null ? { type: undefined, problems: [] } : checkTypes(top, expr);
  const all = [...selectors.flatMap((selector) => selector.problems), ...problems];
  const parsed = { problems: all, newer, selectors, ...(all.length > 0 || type === undefined ? {} : { type }) };
  return masked === expr ? { parsed, tree } : { parsed };
}

function failed(problems: readonly QueryProblem[]): Analysis {
  return { parsed: { problems, newer: [], selectors: [] } };
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

function firstError(tree: Tree, expr: string): QueryProblem | undefined {
  const cursor = tree.cursor();
  while (!cursor.type.isError) if (!cursor.next()) return undefined;
  const { from, to } = cursor;
  const end = to > from ? to : Math.min(expr.length, from + 1);
  const word = expr.slice(from, end).trim();
  const message = word === '' ? 'the expression ends too early' : `"${word.slice(0, 40)}" is not expected here`;
  return { message, span: [Math.min(from, Math.max(0, expr.length - 1)), Math.max(end, from)] };
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
