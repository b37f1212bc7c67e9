import type { FindingDraft } from '../../model/finding.ts';
import type { PromtailConfig } from '../../model/logs.ts';
import { globMatches } from '../../read/paths.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { hasSource, type Job, jobsOf, otherSources } from './jobs.ts';

/** A plan that moves or merges Promtails may drop a job: what it read is then kept nowhere. */
export const lostJob = defineRule({
  id: 'promtail/lost-job',
  severity: 'warning',
  over: 'repository',
  claim: 'What a Promtail read before the plan, a Promtail reads after it.',
  check: ({ stacks, base }) => {
    const before = base?.stacks.flatMap(({ promtail }) => promtail) ?? [];
    const after = stacks.flatMap(({ promtail }) => promtail);
    const [first] = after.filter(({ file }) => file !== undefined);
    // Without a Promtail the plan has said it for itself, and a file that is not there says nothing.
    if (first?.file === undefined || after.some(({ file }) => file === undefined)) return [];
    const { file, service } = first;
    const kept = after.flatMap(({ value }) => jobsOf(value));
    const lost = new Map<string, { readonly job: Job; readonly config: PromtailConfig }>();
    for (const config of before)
      for (const job of jobsOf(config.value)) if (!isKept(job, kept)) lost.set(job.name, { job, config });
    return [...lost.values()].map(
      ({ job, config }): FindingDraft => ({
        at: { file, pointer: ['scrape_configs'], part: 'key' },
        message: `Job "${job.name}" of "${config.file}" read ${readsOf(job)} before the plan, and no Promtail reads that after it, so its lines are kept nowhere`,
        hint: `Take the job over into Promtail "${service}", or say in a waiver that its lines may go`,
        facts: { service, job: job.name, before: config.file ?? '' },
      }),
    );
  },
});

function isKept(job: Job, kept: readonly Job[]): boolean {
  if (kept.some(({ name }) => name === job.name && name !== '')) return true;
  const paths = pathsOf(job);
  if (paths.length > 0)
    return paths.every((path) =>
      kept.some((one) => pathsOf(one).some((other) => other === path || globMatches(other, path))),
    );
  return otherSources.every((source) => !hasSource(job, source) || kept.some((one) => hasSource(one, source)));
}

function readsOf(job: Job): string {
  const paths = pathsOf(job);
  return quoteAll(paths.length > 0 ? paths : otherSources.filter((source) => hasSource(job, source)));
}

function pathsOf({ value }: Job): string[] {
  return listAt(value, 'static_configs').flatMap((group) => {
    const path = textValue(group, 'labels', '__path__');
    return path === undefined ? [] : [path];
  });
}
