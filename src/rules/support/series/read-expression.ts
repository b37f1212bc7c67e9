import {
  type Aggregate,
  type Binary,
  bare,
  type Call,
  type Expr,
  type Span,
  type VectorSelector,
} from '../../../query/promql-tree.ts';
import { type Answer, ask } from './ask.ts';
import { type Conflict, canHave, conflictOf, distinct, project, withLabels, without } from './joins.ts';
import type { Series } from './sample.ts';
import type { Server } from './server.ts';

/** Where a selector stands: what follows when it finds nothing depends on it. */
export type Position = 'plain' | 'absent' | 'alternative' | 'exclusion';

/** What reading an expression against a server shows. */
export type Note =
  | { readonly kind: 'selector'; readonly node: VectorSelector; readonly answer: Answer; readonly position: Position }
  | { readonly kind: 'unjoinable'; readonly node: Binary; readonly conflict: Conflict; readonly sure: boolean }
  | {
      readonly kind: 'label';
      readonly span: Span;
      readonly label: string;
      readonly word: string;
      readonly sure: boolean;
    };

/** An expression as a server would answer it. */
export interface Reading {
  readonly notes: readonly Note[];
  /** It certainly has no result, ever. */
  readonly empty: boolean;
  /** It asks for the absence of what is certainly never there. */
  readonly always: boolean;
}

interface Vector {
  readonly series: readonly Series[];
  /** The series are all there can be. */
  readonly sure: boolean;
  readonly empty: boolean;
  readonly always?: boolean;
}

interface Reader {
  readonly server: Server;
  readonly notes: Note[];
}

/** Pairs of series beyond which nobody looks for one that joins. */
const mostPairs = 4000;
const plain: Series = { labels: new Map(), others: false, begins: [], values: {}, firm: new Set() };

/** Reads an expression against what a server stores. */
export function readExpression(server: Server, expr: Expr): Reading {
  const notes: Note[] = [];
  const result = vectorOf({ server, notes }, expr, 'plain');
  return { notes, empty: result?.empty ?? false, always: result?.always ?? false };
}

/** Undefined for a number. */
function vectorOf(reader: Reader, expr: Expr, position: Position): Vector | undefined {
  const node = bare(expr);
  switch (node.kind) {
    case 'selector': {
      const answer = ask(reader.server, node);
      reader.notes.push({ kind: 'selector', node, answer, position });
      return { series: answer.series, sure: answer.sure, empty: answer.outcome === 'none' };
    }
    case 'matrix':
      return vectorOf(reader, node.selector, position);
    case 'subquery':
    case 'unary':
      return vectorOf(reader, node.expr, position);
    case 'call':
      return called(reader, node, position);
    case 'aggregate':
      return aggregated(reader, node, position);
    case 'binary':
      return combined(reader, node, position);
    default:
      return undefined;
  }
}

function called(reader: Reader, { name, args }: Call, position: Position): Vector | undefined {
  if (name === 'absent' || name === 'absent_over_time') {
    const inner = args[0] === undefined ? undefined : vectorOf(reader, args[0], 'absent');
    return { series: [{ ...plain, others: true }], sure: true, empty: false, always: inner?.empty === true };
  }
  const vectors = args.map((arg) => vectorOf(reader, arg, position)).filter((vector) => vector !== undefined);
  const [vector] = vectors;
  if (name === 'scalar' || name === 'time' || name === 'pi') return undefined;
  if (vector === undefined) return { series: [plain], sure: true, empty: false };
  if (name === 'histogram_quantile') return { ...vector, series: vector.series.map((one) => without(one, ['le'])) };
  if (!name.startsWith('label_')) return vector;
  const [, written] = args;
  if (written?.kind !== 'string') return { ...vector, series: vector.series.map((one) => ({ ...one, others: true })) };
  return { ...vector, series: vector.series.map((one) => withLabels(one, [written.value])) };
}

function aggregated(reader: Reader, node: Aggregate, position: Position): Vector | undefined {
  const { op, grouping, labels, param, expr, span } = node;
  if (param !== undefined) vectorOf(reader, param, position);
  const inner = vectorOf(reader, expr, position);
  if (inner === undefined || op === 'topk' || op === 'bottomk') return inner;
  const certain = inner.series.length > 0;
  for (const label of labels)
    if (certain && grouping !== undefined && !inner.series.some((one) => canHave(one, label)))
      reader.notes.push({ kind: 'label', span, label, word: `${op} ${grouping}`, sure: inner.sure });
  const kept = inner.series.map((one) => (grouping === 'without' ? without(one, labels) : project(one, labels)));
  const made =
    op === 'count_values' && param?.kind === 'string' ? kept.map((one) => withLabels(one, [param.value])) : kept;
  return { ...inner, series: distinct(made) };
}

function combined(reader: Reader, node: Binary, position: Position): Vector | undefined {
  const { op, left, right } = node;
  if (op === 'or') return joined(vectorOf(reader, left, 'alternative'), vectorOf(reader, right, 'alternative'));
  const one = vectorOf(reader, left, position);
  const other = vectorOf(reader, right, op === 'unless' ? 'exclusion' : position);
  if (one === undefined || other === undefined) return one ?? other;
  if (op === 'unless') return one;
  const always = one.always === true || other.always === true;
  const empty = one.empty || other.empty;
  const partners = pairs(reader, node, one, other);
  return {
    series: partners ?? [],
    sure: one.sure && other.sure && partners !== undefined,
    empty: empty || partners?.length === 0,
    always,
  };
}

function joined(one: Vector | undefined, other: Vector | undefined): Vector | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    series: distinct([...one.series, ...other.series]),
    sure: one.sure && other.sure,
    empty: one.empty && other.empty,
    always: one.always === true || other.always === true,
  };
}

/** The result of joining two vectors, as far as it is known; undefined where it is not. */
function pairs(reader: Reader, node: Binary, one: Vector, other: Vector): readonly Series[] | undefined {
  const { op, matching } = node;
  if (one.series.length === 0 || other.series.length === 0 || one.series.length * other.series.length > mostPairs)
    return undefined;
  for (const label of matching.on === true ? matching.labels : [])
    if (![...one.series, ...other.series].some((series) => canHave(series, label)))
      reader.notes.push({ kind: 'label', span: node.opSpan, label, word: 'on', sure: one.sure && other.sure });
  const [many, few] = matching.group === 'right' ? [other, one] : [one, other];
  let conflict: Conflict | undefined;
  const found = many.series.filter((series) =>
    few.series.some((partner) => {
      const apart = many === one ? conflictOf(series, partner, matching) : conflictOf(partner, series, matching);
      conflict ??= apart;
      return apart === undefined;
    }),
  );
  const sure = one.sure && other.sure;
  if (found.length === 0 && conflict !== undefined) reader.notes.push({ kind: 'unjoinable', node, conflict, sure });
  if (found.length === 0) return sure ? [] : undefined;
  if (op === 'and') return [...found];
  if (matching.group !== undefined) return found.map((series) => withLabels(series, matching.include));
  if (matching.on === true) return distinct(found.map((series) => project(series, matching.labels)));
  return distinct(found.map((series) => without(series, matching.labels)));
}
