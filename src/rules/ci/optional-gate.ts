import type { FindingDraft } from '../../model/finding.ts';
import type { CiJob, Repository } from '../../model/repository.ts';
import { defineRule } from '../define-rule.ts';
import { inherited, isProof, jobsOf, needsOf } from './gate-jobs.ts';

/**
 * A job that proves the stack and may be left out, or may fail, stops nothing
 * (https://docs.gitlab.com/ci/yaml/#needsoptional, https://docs.gitlab.com/ci/yaml/#allow_failure).
 */
export const optionalGate = defineRule({
  id: 'ci/optional-gate',
  severity: 'error',
  over: 'ci-job',
  claim: 'No job that proves the monitoring stack may fail or be left out before a deployment.',
  check: (job, { repository }) => [
    ...optionalNeeds(job, repository),
    ...(isProof(repository, job) && !job.name.startsWith('.') ? harmlessFailures(job, repository) : []),
  ],
});

function optionalNeeds(job: CiJob, repository: Repository): FindingDraft[] {
  return (needsOf(job) ?? []).flatMap((need) => {
    const proof = jobsOf(repository).find((one) => one.name === need.job);
    if (!need.optional || proof === undefined || !isProof(repository, proof)) return [];
    return [
      {
        at: { file: job.at.file, pointer: need.pointer },
        message: `Job "${job.name}" needs "${need.job}" only where it runs, so it goes on in a pipeline that leaves the proof out`,
        related: [{ at: proof.at, note: 'this job proves the stack' }],
        hint: 'Write "optional: false", and give both jobs the same rules',
        facts: { job: job.name, needs: need.job },
      },
    ];
  });
}

function harmlessFailures(job: CiJob, repository: Repository): FindingDraft[] {
  const allowed = inherited(repository, job, 'allow_failure');
  const when = inherited(repository, job, 'when');
  const facts = { job: job.name };
  if (allowed?.value === true) {
    return [
      {
        at: { file: allowed.job.at.file, pointer: [allowed.job.name, 'allow_failure'] },
        message: `Job "${job.name}" proves the stack and is allowed to fail, so a failure stops no deployment`,
        hint: 'Remove "allow_failure"',
        facts,
      },
    ];
  }
  // A job that is started by hand is allowed to fail unless it says otherwise (https://docs.gitlab.com/ci/yaml/#when).
  if (when?.value === 'manual' && allowed === undefined && inherited(repository, job, 'rules') === undefined) {
    return [
      {
        at: { file: when.job.at.file, pointer: [when.job.name, 'when'] },
        message: `Job "${job.name}" proves the stack only when somebody starts it, so a pipeline passes without it`,
        hint: 'Remove "when: manual", or add "allow_failure: false"',
        facts,
      },
    ];
  }
  return [];
}
