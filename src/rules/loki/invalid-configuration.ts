import { lokiConfig } from '../../schema/logs/config.ts';
import { problemsOf } from '../../schema/problems.ts';
import { defineRule } from '../define-rule.ts';
import { schemaFindings } from '../support/schema-findings.ts';
import { withoutVariables } from '../support/unexpanded.ts';
import { isAtMost } from '../support/versions.ts';

/**
 * Loki reads its configuration strictly: an unknown key or a value of another kind ends it as it starts
 * (https://grafana.com/docs/loki/v2.9.x/configure/).
 */
export const invalidConfiguration = defineRule({
  id: 'loki/invalid-configuration',
  severity: 'error',
  over: 'loki',
  claim: 'The configuration of Loki has only keys and values that its version reads.',
  check: ({ file, service: name, value }, { stack }) => {
    const service = stack.services.find((one) => one.name === name);
    if (file === undefined || service === undefined) return [];
    const problems = problemsOf(lokiConfig, value);
    const reading = { follows: 'Loki refuses the file and does not start', known: isAtMost(service, 2, 9) };
    return schemaFindings(file, withoutVariables(problems, value), reading);
  },
});
