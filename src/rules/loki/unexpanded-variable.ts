import { defineRule } from '../define-rule.ts';
import { unexpandedIn } from '../support/unexpanded.ts';

/**
 * Loki fills environment variables in only where it is started with `-config.expand-env=true`
 * (https://grafana.com/docs/loki/v2.9.x/configure/#use-environment-variables-in-the-configuration).
 */
export const unexpandedVariable = defineRule({
  id: 'loki/unexpanded-variable',
  severity: 'error',
  over: 'loki',
  claim: 'No value of the Loki configuration waits for an environment variable that Loki does not read.',
  check: ({ file, service: name, value }, { stack, repository: { tree } }) => {
    const service = stack.services.find((one) => one.name === name);
    if (file === undefined || service === undefined) return [];
    return unexpandedIn(tree, service, 'Loki', file, value);
  },
});
