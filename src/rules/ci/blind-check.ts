import { defineRule } from '../define-rule.ts';
import { imageOf } from './images.ts';

/**
 * promtool of 2.47 answers 0 for a rule file that it cannot parse when it is given by name, and 1 on standard input
 * (https://github.com/prometheus/prometheus/blob/v2.47.0/cmd/promtool/main.go).
 */
export const blindCheck = defineRule({
  id: 'ci/blind-check',
  severity: 'warning',
  over: 'pipeline-job',
  claim: 'No job trusts a promtool that passes rule files which do not parse.',
  check: (job) => {
    const image = imageOf(job) ?? '';
    if (!/^(?:docker\.io\/)?prom\/prometheus:v2\.47\./.test(image)) return [];
    return job.script.flatMap(({ text, at }) =>
      [...text.matchAll(/\bpromtool\s+check\s+rules\s+(?!<|-)[^\s;&|<]/g)].map((match) => ({
        at: { ...at, span: [match.index, match.index + 'promtool check rules'.length] as const },
        message: `Job "${job.name}" hands rule files to "promtool check rules" of "${image}" by name, so one that does not parse passes`,
        hint: 'Hand each file over on standard input: promtool check rules < FILE',
        facts: { job: job.name, image },
      })),
    );
  },
});
