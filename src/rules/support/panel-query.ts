import { parsableForms } from '../../query/macros.ts';
import type { QueryProblem } from '../../query/problem.ts';

/** What a panel's query is told: parsable, not parsable, or not to be told because of its variables. */
export type PanelJudgement =
  | { readonly verdict: 'fine' }
  | { readonly verdict: 'faulty' | 'unclear'; readonly problem: QueryProblem; readonly asWritten: boolean };

/**
 * Judges a panel's query. A query with variables is faulty for certain in no form it can take, so it is only unclear:
 * nobody knows from the file what a variable stands for.
 */
export function judgePanelQuery(expr: string, problemsOf: (expr: string) => readonly QueryProblem[]): PanelJudgement {
  const forms = parsableForms(expr);
  if (forms === undefined || expr.trim() === '') return { verdict: 'fine' };
  const found = forms.map((form) => ({ form, problem: problemsOf(form)[0] }));
  const [first] = found;
  if (first?.problem === undefined || found.some(({ problem }) => problem === undefined)) return { verdict: 'fine' };
  const verdict = forms.length > 1 ? 'unclear' : 'faulty';
  return { verdict, problem: first.problem, asWritten: first.form === expr };
}
