import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';

/**
 * GitLab merges the files of a pipeline key by key: of a job that several have, the last file's script counts
 * (https://docs.gitlab.com/ci/yaml/includes/#override-included-configuration-values).
 */
export const repeatedJob = defineRule({
  id: 'ci/repeated-job',
  severity: 'warning',
  over: 'pipeline',
  claim: 'No two files of the pipeline write the script of one job.',
  check: (pipeline, { repository }) =>
    pipeline.jobs.flatMap((job): FindingDraft[] => {
      if (job.written.length < 2) return [];
      const scripted = job.written.filter(({ file }) => {
        const value = repository.ci.find((one) => one.file === file)?.jobs.find(({ name }) => name === job.name)?.value;
        return value !== undefined && 'script' in value;
      });
      const last = scripted.at(-1);
      const earlier = scripted.slice(0, -1);
      if (last === undefined || earlier.length === 0) return [];
      const files = [...new Set(earlier.map(({ file }) => file))];
      return [
        {
          at: last,
          message: `Job "${job.name}" has another script in ${quoteAll(files)}, which is read before, so that one never runs`,
          related: earlier.map((at) => ({ at, note: 'the script that is lost' })),
          hint: 'Give one of them another name',
          facts: { job: job.name, files },
        },
      ];
    }),
});
