import type { Pointer } from '../../model/location.ts';
import type { CiJob, Repository } from '../../model/repository.ts';
import { isMapping, listAt, textValue, valueAt } from '../../read/values.ts';

/** Commands that prove something of a monitoring stack before it is deployed. */
export const proofs: readonly RegExp[] = [
  /\bpromtool\s+(?:check|test)\b/,
  /\bamtool\s+check-config\b/,
  /\bstackproof(?:@\S+)?\s+(?:check|verify)\b/,
  /\bloki\b[^|&;]*\s-{1,2}verify-config\b/,
  /\bpromtail\b[^|&;]*\s-{1,2}(?:check-syntax|dry-run)\b/,
];

/** A value of a job, looked up through `extends`, with the job that has it. */
export function inherited(
  repository: Repository,
  job: CiJob,
  key: string,
): { readonly value: unknown; readonly job: CiJob } | undefined {
  let found: { value: unknown; job: CiJob } | undefined;
  const seen = new Set<string>();
  const look = (here: CiJob): void => {
    if (found !== undefined || seen.has(here.name)) return;
    seen.add(here.name);
    if (key in here.value) {
      found = { value: here.value[key], job: here };
      return;
    }
    const parents = valueAt(here.value, 'extends');
    const names = Array.isArray(parents) ? parents.map((name: unknown) => textValue(name)) : [textValue(parents)];
    // The last parent overrides those before it (https://docs.gitlab.com/ci/yaml/#extends).
    for (const name of names.reverse()) {
      const parent = jobsOf(repository).find((one) => one.name === name);
      if (parent !== undefined) look(parent);
    }
  };
  look(job);
  return found;
}

/** Every job of the pipeline; a name that is written in several files counts where it stands last. */
export function jobsOf(repository: Repository): CiJob[] {
  return [...new Map(repository.ci.flatMap((file) => file.jobs).map((job) => [job.name, job])).values()];
}

/** Whether a job proves a monitoring stack, by its own script or the one of a template. */
export function isProof(repository: Repository, job: CiJob): boolean {
  const script = [...job.script, ...(inherited(repository, job, 'script')?.job.script ?? [])];
  return script.some(({ text }) => proofs.some((proof) => proof.test(text)));
}

/** One entry of a job's `needs`. */
export interface Need {
  readonly job: string;
  readonly optional: boolean;
  readonly pointer: Pointer;
}

/** What a job needs (https://docs.gitlab.com/ci/yaml/#needs); undefined where it has no `needs` and waits for its stage. */
export function needsOf(job: CiJob): readonly Need[] | undefined {
  if (!('needs' in job.value)) return undefined;
  return listAt(job.value, 'needs').flatMap((entry, index): Need[] => {
    const name = textValue(entry) ?? textValue(entry, 'job');
    const optional = isMapping(entry) && entry['optional'] === true;
    return name === undefined ? [] : [{ job: name, optional, pointer: [job.name, 'needs', index] }];
  });
}
