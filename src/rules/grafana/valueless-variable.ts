import { defineRule } from '../define-rule.ts';
import { quote } from '../support/quote.ts';
import { ask } from '../support/series/ask.ts';
import { canHave } from '../support/series/joins.ts';
import { dashboardSites, type Site } from '../support/series/sites.ts';
import { type Problem, toldOnce } from '../support/series/told.ts';

/**
 * `label_values(metric, label)` lists the values that the label has in the series of the metric
 * (https://grafana.com/docs/grafana/v10.2/datasources/prometheus/template-variables/).
 */
export const valuelessVariable = defineRule({
  id: 'grafana/valueless-variable',
  severity: 'warning',
  over: 'dashboard',
  claim: 'Every label whose values a variable lists is one that its series have.',
  check: (dashboard, { repository, stack, grafana }) =>
    toldOnce(dashboardSites(repository, stack, grafana, dashboard), unlisted),
});

function unlisted({ label, expr, server }: Site): Problem[] {
  if (label === undefined || label === '__name__' || expr.kind !== 'selector' || expr.metric === undefined) return [];
  const { outcome, series, sure } = ask(server, expr);
  if (outcome !== 'found' || !sure || series.some((one) => canHave(one, label))) return [];
  return [
    {
      key: `${expr.metric} ${label}`,
      what: `Label ${quote(label)} of metric ${quote(expr.metric)}`,
      wrong: 'is one that it does not have',
      follows: 'so it has no values',
      hint: 'Take a label of the metric',
      facts: { metric: expr.metric, label },
    },
  ];
}
