import { jobNamed } from '../../model/pipeline.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { needsOf } from './gate-jobs.ts';

/** Jobs that wait for each other never begin, and GitLab refuses the pipeline (https://docs.gitlab.com/ci/yaml/#needs). */
export const needCycle = defineRule({
  id: 'ci/need-cycle',
  severity: 'error',
  over: 'pipeline',
  claim: 'No job waits for itself by way of what it needs.',
  check: (pipeline) => {
    const told = new Set<string>();
    return pipeline.jobs.flatMap((job) => {
      const way = told.has(job.name) || job.hidden ? undefined : wayBack(job.name);
      if (way === undefined) return [];
      for (const name of way) told.add(name);
      const others = way.slice(1);
      return [
        {
          at: job.placeOf('needs'),
          message:
            others.length === 0
              ? `Job "${job.name}" needs itself, so GitLab refuses the pipeline`
              : `Job "${job.name}" needs ${quoteAll(others)}, and in the end itself, so GitLab refuses the pipeline`,
          related: others.flatMap((name) => {
            const other = jobNamed(pipeline, name);
            return other === undefined ? [] : [{ at: other.placeOf('needs'), note: `"${name}" waits here` }];
          }),
          hint: 'Remove one of the needs',
          facts: { jobs: way },
        },
      ];
    });

    function wayBack(start: string): string[] | undefined {
      const seen = new Set<string>();
      const walk = (name: string, way: readonly string[]): string[] | undefined => {
        const job = jobNamed(pipeline, name);
        for (const need of job === undefined ? [] : (needsOf(job) ?? [])) {
          if (need.job === start) return [...way, name];
          if (seen.has(need.job)) continue;
          seen.add(need.job);
          const found = walk(need.job, [...way, name]);
          if (found !== undefined) return found;
        }
        return undefined;
      };
      return walk(start, []);
    }
  },
});
