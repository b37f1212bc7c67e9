import type { FindingDraft } from '../../model/finding.ts';
import { jobNamed, type Pipeline, type PipelineJob } from '../../model/pipeline.ts';
import { listAt, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { isProof, needsOf } from './gate-jobs.ts';

/**
 * A job that proves the stack and may be left out, or may fail, stops nothing
 * (https://docs.gitlab.com/ci/yaml/#needsoptional, https://docs.gitlab.com/ci/yaml/#allow_failure).
 */
export const optionalGate = defineRule({
  id: 'ci/optional-gate',
  severity: 'error',
  over: 'pipeline-job',
  claim: 'No job that proves the monitoring stack may fail or be left out before a deployment.',
  check: (job, { pipeline }) => [
    ...optionalNeeds(job, pipeline),
    ...(isProof(job) ? [...harmlessFailures(job), ...harmlessRules(job)] : []),
  ],
});

function optionalNeeds(job: PipelineJob, pipeline: Pipeline): FindingDraft[] {
  return (needsOf(job) ?? []).flatMap((need) => {
    const proof = jobNamed(pipeline, need.job);
    if (!need.optional || proof === undefined || !isProof(proof)) return [];
    return [
      {
        at: job.placeOf(...need.route),
        message: `Job "${job.name}" needs "${need.job}" only where it runs, so it goes on in a pipeline that leaves the proof out`,
        related: [{ at: proof.at, note: 'this job proves the stack' }],
        hint: 'Write "optional: false", and give both jobs the same rules',
        facts: { job: job.name, needs: need.job },
      },
    ];
  });
}

function harmlessFailures(job: PipelineJob): FindingDraft[] {
  const allowed = valueAt(job.value, 'allow_failure');
  const facts = { job: job.name };
  if (allowed === true) {
    return [
      {
        at: job.placeOf('allow_failure'),
        message: `Job "${job.name}" proves the stack and is allowed to fail, so a failure stops no deployment`,
        hint: 'Remove "allow_failure"',
        facts,
      },
    ];
  }
  // A job that is started by hand is allowed to fail unless it says otherwise (https://docs.gitlab.com/ci/yaml/#when).
  if (textValue(job.value, 'when') === 'manual' && allowed === undefined && !('rules' in job.value)) {
    return [
      {
        at: job.placeOf('when'),
        message: `Job "${job.name}" proves the stack only when somebody starts it, so a pipeline passes without it`,
        hint: 'Remove "when: manual", or add "allow_failure: false"',
        facts,
      },
    ];
  }
  return [];
}

/** In rules a job by hand blocks the pipeline, unless the rule lets it fail (https://docs.gitlab.com/ci/yaml/#rulesallow_failure). */
function harmlessRules(job: PipelineJob): FindingDraft[] {
  return listAt(job.value, 'rules').flatMap((rule, index): FindingDraft[] => {
    if (valueAt(rule, 'allow_failure') !== true || textValue(rule, 'when') === 'never') return [];
    return [
      {
        at: job.placeOf('rules', index, 'allow_failure'),
        message: `Job "${job.name}" proves the stack and is allowed to fail by this rule, so a failure stops no deployment`,
        hint: 'Remove "allow_failure"',
        facts: { job: job.name, entry: index },
      },
    ];
  });
}
