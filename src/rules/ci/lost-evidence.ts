import { listAt, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { isProof } from './gate-jobs.ts';

/**
 * Files of a job that fails are thrown away unless `artifacts:when` keeps them; reports alone are always taken
 * (https://docs.gitlab.com/ci/yaml/#artifactswhen, https://docs.gitlab.com/ci/yaml/artifacts_reports/).
 */
export const lostEvidence = defineRule({
  id: 'ci/lost-evidence',
  severity: 'warning',
  over: 'pipeline-job',
  claim: 'A job that proves the stack keeps what it has written when the proof fails.',
  check: (job) => {
    const paths = listAt(job.value, 'artifacts', 'paths').map(String);
    const told = paths.find((path) => /report|result|junit|evidence|\blogs?\b/i.test(path));
    const when = textValue(job.value, 'artifacts', 'when') ?? 'on_success';
    if (job.hidden || told === undefined || when !== 'on_success' || !isProof(job)) return [];
    const written = valueAt(job.value, 'artifacts', 'when') !== undefined;
    return [
      {
        at: written ? job.placeOf('artifacts', 'when') : job.placeOf('artifacts', 'paths'),
        message: `Job "${job.name}" proves the stack and keeps "${told}" only where it succeeds, so nobody can read why a proof failed`,
        hint: 'Write "when: always" under "artifacts"',
        facts: { job: job.name, path: told },
      },
    ];
  },
});
