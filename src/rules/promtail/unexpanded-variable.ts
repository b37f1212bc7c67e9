import { defineRule } from '../define-rule.ts';
import { unexpandedIn } from '../support/unexpanded.ts';
import { serviceOf } from './jobs.ts';

/**
 * Promtail fills environment variables in only where it is started with `-config.expand-env=true`
 * (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/configuration/#use-environment-variables-in-the-configuration).
 */
export const unexpandedVariable = defineRule({
  id: 'promtail/unexpanded-variable',
  severity: 'error',
  over: 'promtail',
  claim: 'No value of the Promtail configuration waits for an environment variable that Promtail does not read.',
  check: (promtail, { stack, repository: { tree } }) => {
    const service = serviceOf(stack, promtail);
    if (promtail.file === undefined || service === undefined) return [];
    return unexpandedIn(tree, service, 'Promtail', promtail.file, promtail.value);
  },
});
