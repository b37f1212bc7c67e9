import type { FindingDraft } from '../../model/finding.ts';
import { datasourceOf } from '../../model/grafana.ts';
import { parseLogql } from '../../query/logql.ts';
import { expandMacros } from '../../query/macros.ts';
import type { QueryProblem } from '../../query/problem.ts';
import { parsePromql } from '../../query/promql.ts';
import { defineRule } from '../define-rule.ts';

const languages: Readonly<Record<string, (expr: string) => readonly QueryProblem[]>> = {
  prometheus: (expr) => parsePromql(expr).problems,
  loki: (expr) => parseLogql(expr).problems,
};

/** Alert rules know Grafana's own macros and no variables of a dashboard (https://grafana.com/docs/grafana/v10.2/alerting/fundamentals/alert-rules/queries-conditions/). */
export const unparsableAlert = defineRule({
  id: 'grafana/unparsable-alert',
  severity: 'error',
  over: 'grafana',
  claim: 'Every query of an alert rule of Grafana is one that its datasource can parse.',
  check: (grafana) =>
    (grafana.alerts ?? []).flatMap((alert) =>
      alert.queries.flatMap((query): FindingDraft[] => {
        const type = datasourceOf(grafana, { uid: query.datasourceUid, at: query.at })?.type ?? '';
        const problemsOf = languages[type];
        if (query.expr === undefined || problemsOf === undefined) return [];
        const expanded = expandMacros(query.expr.value);
        const [problem] = problemsOf(expanded);
        if (problem === undefined) return [];
        const { at } = query.expr;
        return [
          {
            at: expanded === query.expr.value ? { ...at, span: problem.span } : at,
            message: `Query "${query.refId}" of alert "${alert.title}" does not parse: ${problem.message}, so every evaluation fails`,
            hint: 'Write the query anew and try it in Explore',
            facts: { alert: alert.title, query: query.refId, language: type, cause: problem.message },
          },
        ];
      }),
    ),
});
