import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { isAtMost } from '../support/versions.ts';
import { serviceOf } from './around.ts';

/** The last form of a dashboard that Grafana 10.2 knows. */
const known = 38;

/** Grafana changes older dashboards into its own form and takes later ones as they are (https://grafana.com/docs/grafana/v10.2/dashboards/build-dashboards/view-dashboard-json-model/). */
export const newerDashboard = defineRule({
  id: 'grafana/newer-dashboard',
  severity: 'info',
  over: 'dashboard',
  claim: 'No dashboard was written by a later version of Grafana than the one that shows it.',
  check: ({ file, value, title }, { grafana, stack }) => {
    const version = Number(textValue(value, 'schemaVersion') ?? 0);
    if (!(version > known) || !isAtMost(serviceOf(stack, grafana), 10, 2)) return [];
    return [
      {
        at: { file, pointer: ['schemaVersion'] },
        message: `Dashboard "${title ?? file}" is in form ${version}, and its Grafana knows forms up to ${known}, so what is new in it is passed over`,
        hint: 'Look at it in this Grafana, and save it from there',
        facts: { file, version },
      },
    ];
  },
});
