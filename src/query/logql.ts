import type { Matcher } from '../model/alertmanager.ts';
import { kept } from './kept.ts';
import { readLogql } from './logql-grammar.ts';
import type { QueryProblem } from './problem.ts';

/** A LogQL query taken apart. */
export interface ParsedLogql {
  readonly problems: readonly QueryProblem[];
  readonly selectors: readonly { readonly matchers: readonly Matcher[]; readonly span: readonly [number, number] }[];
  /** Whether it yields numbers, and not lines. */
  readonly metric: boolean;
}

/** Parses a query of Loki as Loki 2.9 does (https://grafana.com/docs/loki/v2.9.x/query/). */
export const parseLogql = kept((expr: string): ParsedLogql => {
  if (expr.trim() === '')
    return { problems: [{ message: 'the query is empty', span: [0, expr.length] }], selectors: [], metric: false };
  const { problem, selectors, kind } = readLogql(expr);
  const refused = problem !== undefined && !newer.test(expr);
  return { problems: refused ? [problem] : [], selectors, metric: kind !== 'log' };
});

/** What later versions of Loki have and 2.9 lacks: a query with one of them is not judged. */
const newer = /\b(?:approx_topk|count_values|variants|limitk|limit_ratio)\b|[|!]>|["`]\s*or\s*["`]/;
