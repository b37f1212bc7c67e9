import { angularPanels, successors } from '../../catalog/grafana-plugins.ts';
import { defineRule } from '../define-rule.ts';
import { quote } from '../support/quote.ts';

/** Grafana 11 switches panels written for AngularJS off, and 12 has none (https://grafana.com/docs/grafana/v10.2/developers/angular_deprecation/). */
export const angularPanel = defineRule({
  id: 'grafana/angular-panel',
  severity: 'info',
  over: 'dashboard',
  claim: 'No panel needs AngularJS, which later versions of Grafana no longer have.',
  check: ({ panels, title, file }) => {
    const old = panels.filter(({ type }) => angularPanels.has(type));
    const [first] = old;
    if (first === undefined) return [];
    const types = [...new Set(old.map(({ type }) => type))];
    const named = types.map(
      (type) => `${quote(type)}${successors[type] === undefined ? '' : ` (now ${quote(successors[type])})`}`,
    );
    return [
      {
        at: { ...first.at, pointer: [...(first.at.pointer ?? []), 'type'] },
        message: `Dashboard "${title ?? file}" has ${old.length} ${old.length === 1 ? 'panel' : 'panels'} of a kind written for AngularJS, ${named.join(', ')}, so from Grafana 11 on ${old.length === 1 ? 'it is' : 'they are'} not drawn`,
        hint: 'Change the visualization and save the dashboard anew',
        facts: { dashboard: title ?? file, types },
      },
    ];
  },
});
