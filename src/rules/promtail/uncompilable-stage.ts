import type { FindingDraft } from '../../model/finding.ts';
import { regexProblem } from '../../query/re2.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { quote } from '../support/quote.ts';
import { expandsVariables } from '../support/unexpanded.ts';
import { jobsOf, serviceOf, stagesOf } from './jobs.ts';

/** Stages that compile an expression as Promtail starts, and its key. */
const expressions: readonly (readonly [stage: string, key: string])[] = [
  ['regex', 'expression'],
  ['replace', 'expression'],
  ['multiline', 'firstline'],
  ['drop', 'expression'],
];

/**
 * `could not compile regular expression`: the syntax is RE2, without lookaround and back references
 * (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/stages/regex/).
 */
export const uncompilableStage = defineRule({
  id: 'promtail/uncompilable-stage',
  severity: 'error',
  over: 'promtail',
  claim: 'Every expression of a pipeline is one that RE2 compiles.',
  check: (promtail, { stack }) => {
    const { file, value } = promtail;
    const service = serviceOf(stack, promtail);
    if (file === undefined || service === undefined) return [];
    const filledIn = expandsVariables(service);
    return jobsOf(value).flatMap((job) =>
      stagesOf(job).flatMap(({ kind, config, pointer }) =>
        expressions
          .filter(([stage]) => stage === kind)
          .flatMap(([, key]): FindingDraft[] => {
            const text = textValue(config, key) ?? '';
            if (text === '' || (filledIn && text.includes('${'))) return [];
            const problem = regexProblem(text);
            if (problem === undefined) return [];
            const cause = problem.replace(/^error parsing regexp: /, '').replaceAll('`', '"');
            return [
              {
                at: { file, pointer: [...pointer, key] },
                message: `The ${quote(kind)} stage of job "${job.name}" does not compile (${cause}), so Promtail "${service.name}" does not start`,
                hint: 'Write it in the syntax of RE2, without lookaround',
                facts: { service: service.name, job: job.name, cause },
              },
            ];
          }),
      ),
    );
  },
});
