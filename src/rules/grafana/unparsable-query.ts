import type { FindingDraft } from '../../model/finding.ts';
import { type Dashboard, datasourceOf, type GrafanaConfig, type PanelQuery } from '../../model/grafana.ts';
import { parseLogql } from '../../query/logql.ts';
import type { QueryProblem } from '../../query/problem.ts';
import { parsePromql } from '../../query/promql.ts';
import { defineRule } from '../define-rule.ts';
import { judgePanelQuery } from '../support/panel-query.ts';

/** A query that the datasource refuses shows an error in place of data. Macros and variables are filled in first. */
export const unparsableQuery = defineRule({
  id: 'grafana/unparsable-query',
  severity: 'error',
  over: 'panel-query',
  claim: 'Every query of a panel is one that its datasource can parse.',
  check: (query, { grafana, dashboard, panel }) => {
    const type = typeOf(grafana, dashboard, query);
    const problemsOf = type === undefined ? undefined : languages[type];
    if (query.expr === undefined || query.hidden || problemsOf === undefined) return [];
    const judged = judgePanelQuery(query.expr.value, problemsOf);
    if (judged.verdict === 'fine') return [];
    const { at } = query.expr;
    const name = `Query "${query.refId}" of panel "${panel.title}"`;
    const { message: cause } = judged.problem;
    const facts = { panel: panel.title, query: query.refId, language: type ?? null, cause };
    const speaks = otherLanguage(query.expr.value, type);
    const draft: FindingDraft =
      judged.verdict === 'unclear'
        ? {
            at,
            severity: 'info',
            message: `${name} parses with no plain value for its variables (${cause}), so whether it works cannot be told`,
            hint: 'Try the panel with every value of the variables',
            facts,
          }
        : {
            at: judged.asWritten ? { ...at, span: judged.problem.span } : at,
            message: `${name} does not parse: ${cause}, so the panel shows an error`,
            hint:
              speaks === undefined
                ? 'Write the query anew and try it in Explore'
                : `It is ${speaks}: name a datasource that speaks it`,
            facts,
          };
    return [draft];
  },
});

const languages: Readonly<Record<string, (expr: string) => readonly QueryProblem[]>> = {
  prometheus: (expr) => parsePromql(expr).problems,
  loki: (expr) => parseLogql(expr).problems,
};

/** The language that a query is in, where the datasource speaks another one. */
function otherLanguage(expr: string, type: string | undefined): string | undefined {
  const other = type === 'loki' ? 'prometheus' : 'loki';
  const problemsOf = languages[other];
  if (problemsOf === undefined || judgePanelQuery(expr, problemsOf).verdict !== 'fine') return undefined;
  return other === 'loki' ? 'LogQL' : 'PromQL';
}

/** The type of the datasource that answers; undefined where it is not known. */
function typeOf(grafana: GrafanaConfig, dashboard: Dashboard, query: PanelQuery): string | undefined {
  const ref = query.datasource;
  const name = ref?.uid ?? ref?.name ?? '';
  const variable = /^\$\{?(\w+)/.exec(name)?.[1];
  if (variable !== undefined)
    return ref?.type ?? dashboard.variables.find((one) => one.name === variable && one.type === 'datasource')?.query;
  return datasourceOf(grafana, ref)?.type ?? ref?.type;
}
