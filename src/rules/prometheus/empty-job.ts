import type { FindingDraft } from '../../model/finding.ts';
import { listAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/** A job without a target is accepted, has no page among the targets and no `up`, so no alert speaks of it either. */
export const emptyJob = defineRule({
  id: 'prometheus/empty-job',
  severity: 'warning',
  over: 'scrape-job',
  claim: 'Every job has targets, or a way to discover some.',
  check: (job): FindingDraft[] => {
    const groups = listAt(job.value, 'static_configs');
    const some = groups.some((group) => listAt(group, 'targets').length > 0);
    if (some || job.discovery.length > 0) return [];
    const what = groups.length > 0 ? 'lists no target' : 'has no "static_configs" and no discovery';
    return [
      {
        at: job.at,
        message: `Job "${job.name}" ${what}, so it scrapes nothing and nothing says so`,
        hint: 'Add its targets, or take the job away',
        facts: { job: job.name },
      },
    ];
  },
});
