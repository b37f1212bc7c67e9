import { problemsOf } from '../../schema/problems.ts';
import { ruleFile } from '../../schema/prometheus/rules.ts';
import { defineRule } from '../define-rule.ts';
import { schemaFindings } from '../support/schema-findings.ts';
import { isAtMost } from '../support/versions.ts';

/**
 * One rule that does not hold to the form and none of any file is loaded
 * (https://prometheus.io/docs/prometheus/2.47/configuration/recording_rules/). promtool 2.47 lets an unparsable file that it is
 * given by name pass, and refuses it on standard input.
 */
export const invalidRuleFile = defineRule({
  id: 'prometheus/invalid-rule-file',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every rule file has only keys and values that its version of Prometheus reads.',
  check: (config, { stack }) => {
    const owner = stack.services.find((service) => service.name === config.service);
    const reading = { follows: 'Prometheus refuses its rules and does not start', known: isAtMost(owner, 2, 47) };
    const paths = new Set(config.ruleFiles.flatMap((entry) => entry.paths));
    return [...paths].flatMap((path) =>
      schemaFindings(path, problemsOf(ruleFile, config.contents.get(path) ?? null), reading),
    );
  },
});
