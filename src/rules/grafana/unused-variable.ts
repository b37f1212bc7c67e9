import { flagAt, listAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { usesOf } from './uses.ts';

/** A variable that nothing uses still asks its datasource at each load (https://grafana.com/docs/grafana/v10.2/dashboards/variables/). */
export const unusedVariable = defineRule({
  id: 'grafana/unused-variable',
  severity: 'info',
  over: 'dashboard',
  claim: 'Every variable of a dashboard changes something in it.',
  check: (dashboard) => {
    const { variables, value, title, file } = dashboard;
    // Links may carry the variables over to other dashboards.
    const carried = listAt(value, 'links').some((link) => flagAt(link, 'includeVars') === true);
    if (variables.length === 0 || carried) return [];
    const used = new Set(usesOf(dashboard).map(({ name }) => name));
    const idle = variables.filter(({ name, type }) => name !== '' && type !== 'adhoc' && !used.has(name));
    const [first] = idle;
    if (first === undefined) return [];
    const names = idle.map(({ name }) => name);
    return [
      {
        at: { ...first.at, pointer: [...(first.at.pointer ?? []), 'name'] },
        message: `${quoteAll(names)} of dashboard "${title ?? file}" ${names.length === 1 ? 'is a variable' : 'are variables'} that nothing in it uses, so choosing a value changes nothing`,
        hint: names.length === 1 ? 'Use it, or remove it' : 'Use them, or remove them',
        facts: { dashboard: title ?? file, variables: names },
      },
    ];
  },
});
