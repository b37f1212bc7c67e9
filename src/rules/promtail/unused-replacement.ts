import type { FindingDraft } from '../../model/finding.ts';
import { logTemplateProblem } from '../../query/log-templates.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { expandsVariables } from '../support/unexpanded.ts';
import { jobsOf, serviceOf, stagesOf } from './jobs.ts';

/**
 * What is put in place of a match is a template, and Promtail reads it anew with every line: where it cannot, it logs that
 * when it debugs alone, and leaves the line as it is
 * (https://github.com/grafana/loki/blob/v2.9.2/clients/pkg/logentry/stages/replace.go).
 */
export const unusedReplacement = defineRule({
  id: 'promtail/unused-replacement',
  severity: 'error',
  over: 'promtail',
  claim: 'Every replacement of a pipeline is a template that Promtail can read.',
  check: (promtail, { stack }) => {
    const { file, value } = promtail;
    const service = serviceOf(stack, promtail);
    if (file === undefined || service === undefined) return [];
    const filledIn = expandsVariables(service);
    return jobsOf(value).flatMap((job) =>
      stagesOf(job).flatMap(({ kind, config, pointer }): FindingDraft[] => {
        const text = kind === 'replace' ? (textValue(config, 'replace') ?? '') : '';
        const problem = filledIn && text.includes('${') ? undefined : logTemplateProblem('promtail', text);
        if (problem === undefined) return [];
        return [
          {
            at: { file, pointer: [...pointer, 'replace'] },
            message: `The replacement of job "${job.name}" is no template (${problem.message}), so Promtail "${service.name}" replaces nothing and does not say so`,
            hint: 'Use the functions that the documentation of the stage "template" has',
            facts: { service: service.name, job: job.name },
          },
        ];
      }),
    );
  },
});
