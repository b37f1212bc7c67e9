import type { Pointer } from '../../model/location.ts';
import type { Pipeline, PipelineJob } from '../../model/pipeline.ts';
import { jobNamed } from '../../model/pipeline.ts';
import { isMapping, listAt, textValue, valueAt } from '../../read/values.ts';

/** Commands that prove something of a monitoring stack before it is deployed. */
export const proofs: readonly RegExp[] = [
  /\bpromtool\s+(?:check|test)\b/,
  /\bamtool\s+check-config\b/,
  /\bstackproof(?:@\S+)?\s+(?:check|verify)\b/,
  /\bloki\b[^|&;]*\s-{1,2}verify-config\b/,
  /\bpromtail\b[^|&;]*\s-{1,2}(?:check-syntax|dry-run)\b/,
];

/** Whether a job proves a monitoring stack. */
export function isProof(job: PipelineJob): boolean {
  return job.script.some(({ text }) => proofs.some((proof) => proof.test(text)));
}

/** The job's stage; one that names none is in `test` (https://docs.gitlab.com/ci/yaml/#stage). */
export function stageOf(job: PipelineJob): string {
  return textValue(job.value, 'stage') ?? 'test';
}

/** One entry of a job's `needs` or `dependencies`. */
export interface Need {
  readonly job: string;
  readonly optional: boolean;
  readonly route: Pointer;
}

/** What a job needs (https://docs.gitlab.com/ci/yaml/#needs); undefined where it has no `needs` and waits for its stage. */
export function needsOf(job: PipelineJob): readonly Need[] | undefined {
  if (!('needs' in job.value)) return undefined;
  return listAt(job.value, 'needs').flatMap((entry, index): Need[] => {
    const name = textValue(entry) ?? textValue(entry, 'job');
    // A job of another project or pipeline is none of this one.
    if (name === undefined || name.includes('$')) return [];
    if (isMapping(entry) && ('project' in entry || 'pipeline' in entry)) return [];
    return [{ job: name, optional: valueAt(entry, 'optional') === true, route: ['needs', index] }];
  });
}

/** Every job that has to end before a job begins, by its needs or by its stage, and theirs. */
export function awaited(pipeline: Pipeline, job: PipelineJob): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [job];
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    for (const name of directly(pipeline, here)) {
      const next = jobNamed(pipeline, name);
      if (next === undefined || found.has(name) || name === job.name) continue;
      found.add(name);
      waiting.push(next);
    }
  }
  return found;
}

function directly(pipeline: Pipeline, job: PipelineJob): string[] {
  const needs = needsOf(job);
  if (needs !== undefined) return needs.map((need) => need.job);
  const mine = pipeline.stages.indexOf(stageOf(job));
  return pipeline.jobs
    .filter((one) => !one.hidden && pipeline.stages.indexOf(stageOf(one)) < mine)
    .map(({ name }) => name);
}
