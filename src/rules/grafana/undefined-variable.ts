import type { FindingDraft } from '../../model/finding.ts';
import type { Dashboard } from '../../model/grafana.ts';
import { textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { type Use, usesIn } from './uses.ts';

/** Variables are filled in by the browser; a name that the dashboard does not have stays as it is written (https://grafana.com/docs/grafana/v10.2/dashboards/variables/). */
export const undefinedVariable = defineRule({
  id: 'grafana/undefined-variable',
  severity: 'error',
  over: 'dashboard',
  claim: 'Every variable that a query of a dashboard uses is one it has.',
  check: (dashboard) => {
    const known = new Set(dashboard.variables.map(({ name }) => name));
    const found = new Map<string, { use: Use; queries: number }>();
    for (const use of [...inQueries(dashboard), ...inVariables(dashboard)]) {
      if (known.has(use.name) || use.name.startsWith('__')) continue;
      const before = found.get(use.name);
      found.set(use.name, { use: before?.use ?? use, queries: (before?.queries ?? 0) + 1 });
    }
    const title = dashboard.title ?? dashboard.file;
    const lost = [...found].map(([name, { use, queries }]): FindingDraft => {
      const times = queries === 1 ? 'a query' : `${queries} queries`;
      return {
        at: { file: dashboard.file, pointer: use.pointer, span: use.span },
        message: `"$${name}" in ${times} of dashboard "${title}" is no variable of it, so it is sent as it is written and finds nothing`,
        hint: 'Add the variable, or write the value',
        facts: { dashboard: title, variable: name, queries },
      };
    });
    return [...lost, ...repeats(dashboard, known)];
  },
});

/** Queries in PromQL and LogQL; a group of a regular expression in them may be named like a variable. */
function inQueries({ panels }: Dashboard): Use[] {
  return panels.flatMap(({ queries }) =>
    queries.flatMap(({ expr, hidden }): Use[] => {
      if (expr === undefined || hidden || expr.at.pointer === undefined || !/[$[]/.test(expr.value)) return [];
      return usesIn(expr.value, expr.at.pointer).filter(({ name }) => !expr.value.includes(`?P<${name}>`));
    }),
  );
}

function inVariables({ variables }: Dashboard): Use[] {
  return variables.flatMap(({ type, query, value, at }): Use[] => {
    if (type !== 'query' || query === undefined || at.pointer === undefined) return [];
    const nested = textValue(value, 'query', 'query') === query && textValue(value, 'query') === undefined;
    const pointer = [...at.pointer, 'query', ...(nested ? ['query'] : [])];
    return usesIn(query, pointer).filter(({ name }) => !query.includes(`?P<${name}>`));
  });
}

function repeats(dashboard: Dashboard, known: ReadonlySet<string>): FindingDraft[] {
  return dashboard.panels.flatMap(({ title, at }): FindingDraft[] => {
    const pointer = at.pointer ?? [];
    const name = textValue(valueAt(dashboard.value, ...pointer), 'repeat') ?? '';
    if (!/^[A-Za-z]\w*$/.test(name) || known.has(name)) return [];
    return [
      {
        at: { ...at, pointer: [...pointer, 'repeat'] },
        severity: 'warning',
        message: `Panel "${title}" of dashboard "${dashboard.title ?? dashboard.file}" is repeated for "${name}", which is no variable of it, so it is shown once`,
        hint: 'Add the variable, or take "repeat" away',
        facts: { panel: title, variable: name },
      },
    ];
  });
}
