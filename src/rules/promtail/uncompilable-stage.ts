import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import { regexProblem } from '../../query/re2.ts';
import { flagValue } from '../../read/flags.ts';
import { isMapping, listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { quote } from '../support/quote.ts';

/** Stages that compile an expression as Promtail starts, and its key. */
const expressions: readonly (readonly [stage: string, key: string])[] = [
  ['regex', 'expression'],
  ['replace', 'expression'],
  ['multiline', 'firstline'],
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
  check: ({ service: name, file, value, scrapeJobs }, { stack }) => {
    const service = stack.services.find((one) => one.name === name);
    if (file === undefined || service === undefined) return [];
    const expanded = flagValue(service, 'config.expand-env') !== undefined;
    return scrapeJobs.flatMap((job) =>
      stagesOf(listAt(value, ...(job.at.pointer ?? []), 'pipeline_stages'), [
        ...(job.at.pointer ?? []),
        'pipeline_stages',
      ])
        .filter(({ text }) => !(expanded && /\$[\w{]/.test(text)))
        .flatMap(({ text, pointer, kind }): FindingDraft[] => {
          const problem = regexProblem(text);
          if (problem === undefined) return [];
          const cause = problem.replace(/^error parsing regexp: /, '').replaceAll('`', '"');
          return [
            {
              at: { file, pointer },
              message: `The ${quote(kind)} stage of job "${job.name}" does not compile (${cause}), so Promtail "${name}" does not start`,
              hint: 'Write it in the syntax of RE2, without lookaround',
              facts: { service: name, job: job.name, cause },
            },
          ];
        }),
    );
  },
});

interface Expression {
  readonly kind: string;
  readonly text: string;
  readonly pointer: Pointer;
}

/** The expressions of a pipeline; `match` has stages of its own. */
function stagesOf(stages: readonly unknown[], above: Pointer): Expression[] {
  return stages.flatMap((stage, index) => {
    if (!isMapping(stage)) return [];
    const own = expressions.flatMap(([kind, key]) => {
      const text = textValue(stage, kind, key);
      return text === undefined || text === '' ? [] : [{ kind, text, pointer: [...above, index, kind, key] }];
    });
    return [...own, ...stagesOf(listAt(stage, 'match', 'stages'), [...above, index, 'match', 'stages'])];
  });
}
