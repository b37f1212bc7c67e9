import type { FindingDraft } from '../../model/finding.ts';
import { flagAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { reachOf } from '../support/hosts.ts';

/**
 * What a Pushgateway or another Prometheus hands on has a `job` and an `instance` of its own; without `honor_labels` they
 * become `exported_job` and `exported_instance` (https://github.com/prometheus/pushgateway#about-the-job-and-instance-labels).
 */
export const renamedPushes = defineRule({
  id: 'prometheus/renamed-pushes',
  severity: 'warning',
  over: 'scrape-job',
  claim: 'A job that scrapes what others pushed or collected keeps the labels they gave.',
  check: (job, { stack, prometheus, repository: { tree } }): FindingDraft[] => {
    const from = stack.services.find((service) => service.name === prometheus.service);
    if (from === undefined || flagAt(job.value, 'honor_labels') === true) return [];
    const gateway = job.targets.find(({ host }) => {
      const reach = reachOf(tree, stack, from, host);
      return reach.kind === 'service' && /(?:^|\/)pushgateway(?:[:@]|$)/.test(reach.service.image?.value ?? '');
    });
    const what = job.metricsPath.endsWith('/federate')
      ? 'collects from another Prometheus'
      : gateway === undefined
        ? undefined
        : `scrapes the Pushgateway "${gateway.host}"`;
    if (what === undefined) return [];
    return [
      {
        at: job.at,
        message: `Job "${job.name}" ${what} without "honor_labels", so "job" and "instance" of its series become "exported_job" and "exported_instance"`,
        hint: 'Write "honor_labels: true"',
        facts: { job: job.name },
      },
    ];
  },
});
