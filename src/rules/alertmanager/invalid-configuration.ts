import { valueAt } from '../../read/values.ts';
import { alertmanagerConfig } from '../../schema/alertmanager/config.ts';
import { problemsOf } from '../../schema/problems.ts';
import { defineRule } from '../define-rule.ts';
import { mayBeFilledIn, placeholdersIn } from '../support/placeholders.ts';
import { schemaFindings } from '../support/schema-findings.ts';
import { isAtMost } from '../support/versions.ts';

/**
 * Alertmanager reads its configuration strictly: an unknown key, a value of another kind, a receiver without what it needs,
 * and it does not start (https://prometheus.io/docs/alerting/0.26/configuration/).
 */
export const invalidConfiguration = defineRule({
  id: 'alertmanager/invalid-configuration',
  severity: 'error',
  over: 'alertmanager',
  claim: 'The configuration of Alertmanager has only keys and values that its version reads.',
  check: ({ file, value, service }, { stack, repository: { faults, tree } }) => {
    // A file that does not parse has no value to judge.
    if (file === undefined || faults.some((fault) => fault.at.file === file && fault.rule.startsWith('repo/')))
      return [];
    const owner = stack.services.find((one) => one.name === service);
    const reading = { follows: 'Alertmanager refuses the file and does not start', known: isAtMost(owner, 0, 26) };
    const problems = problemsOf(alertmanagerConfig, value);
    const filled = problems.length > 0 && owner !== undefined && mayBeFilledIn(tree, owner, file) !== undefined;
    // What is filled in before the start may be anything by then.
    const sure = problems.filter(({ pointer }) => !filled || placeholdersIn(valueAt(value, ...pointer)).length === 0);
    return schemaFindings(file, sure, reading);
  },
});
