import type { FindingDraft } from '../../model/finding.ts';
import type { Pipeline, PipelineJob } from '../../model/pipeline.ts';
import type { Stack } from '../../model/stack.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { quote, quoteAll } from '../support/quote.ts';
import { namesStack, shipsStack } from './deployments.ts';
import { awaited, isProof, stageOf } from './gate-jobs.ts';

/**
 * A job with `needs` begins as soon as those have ended, whatever else runs in earlier stages
 * (https://docs.gitlab.com/ci/yaml/#needs): a proof that it does not name stops nothing.
 */
export const ungatedDeployment = defineRule({
  id: 'ci/ungated-deployment',
  severity: 'error',
  over: 'pipeline-job',
  claim: 'Every deployment of a monitoring stack waits for all the jobs that prove it.',
  check: (job, { pipeline, repository }) => {
    const shipped = repository.stacks.filter((stack) => shipsStack(job, stack));
    return shipped.length === 0 ? [] : judged(pipeline, job, shipped);
  },
});

function judged(pipeline: Pipeline, job: PipelineJob, shipped: readonly Stack[]): FindingDraft[] {
  const proofs = pipeline.jobs.filter((one) => !one.hidden && one.name !== job.name && isProof(one));
  const own = proofs.filter((proof) => shipped.some((stack) => namesStack(proof, stack)));
  const before = awaited(pipeline, job);
  const at = 'needs' in job.value ? { ...job.placeOf('needs') } : job.at;
  const facts = { job: job.name, stacks: shipped.map((stack) => stack.composeFile) };
  if (isProof(job)) return [];
  if (proofs.length === 0) {
    return [
      {
        at: job.at,
        severity: pipeline.open ? 'info' : 'warning',
        message: `Job "${job.name}" ships ${quoteAll(facts.stacks)}, and no job ${pipeline.open ? 'of the repository ' : ''}proves anything of it before, so whatever is broken is shipped`,
        hint: 'Add a job that runs "stackproof verify", and need it here',
        facts,
      },
    ];
  }
  const stage = pipeline.stages.indexOf(stageOf(job));
  const awaitsOne = own.some((proof) => before.has(proof.name));
  // Beside a proof that is waited for, one of a later stage looks at what was deployed.
  const missed = own.filter(
    (proof) => !before.has(proof.name) && !(awaitsOne && pipeline.stages.indexOf(stageOf(proof)) > stage),
  );
  if (missed.length > 0) {
    return [
      {
        at,
        ...(missed.every(isOfMergeRequests) ? { severity: 'info' as const } : {}),
        message: `Job "${job.name}" ships the stack without waiting for ${quoteAll(missed.map(({ name }) => name))}, so it goes on where the proof fails`,
        related: missed.map((proof) => ({ at: proof.at, note: `${quote(proof.name)} proves the stack` })),
        hint: 'Name them under "needs" with "optional: false", or put them into an earlier stage',
        facts,
      },
    ];
  }
  if (own.length > 0 || proofs.some((proof) => before.has(proof.name))) return [];
  const message = `Job "${job.name}" ships the stack, and no proof that it waits for is known to be about it`;
  return [{ at, severity: 'info', message, hint: 'Need the job that proves this stack', facts }];
}

/** A proof of merge requests alone is in no pipeline that deploys: what came of it decides whether a merge is let in. */
function isOfMergeRequests(job: PipelineJob): boolean {
  const rules = listAt(job.value, 'rules').filter((rule) => textValue(rule, 'when') !== 'never');
  return (
    rules.length > 0 && rules.every((rule) => /merge_request_event|CI_MERGE_REQUEST/.test(textValue(rule, 'if') ?? ''))
  );
}
