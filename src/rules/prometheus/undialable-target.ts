import type { FindingDraft } from '../../model/finding.ts';
import type { ScrapeJob } from '../../model/prometheus.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/**
 * Prometheus dials `host:port` by HTTP or HTTPS; of an address it cannot dial it drops the target, and says so in its log
 * alone (https://github.com/prometheus/prometheus/blob/v2.47.0/scrape/target.go).
 */
export const undialableTarget = defineRule({
  id: 'prometheus/undialable-target',
  severity: 'error',
  over: 'scrape-job',
  claim: 'Every static target is a host with a port from 1 to 65535, asked by HTTP or HTTPS.',
  check: (job): FindingDraft[] => {
    if (isRewritten(job)) return [];
    const scheme = job.scheme.includes('$') || /^https?$/.test(job.scheme) ? [] : [oddScheme(job)];
    return [
      ...scheme,
      ...emptyTargets(job),
      ...job.targets.flatMap((target) => {
        const port = /:([^:\]]*)$/.exec(target.address)?.[1];
        if (port === undefined || target.address.includes('/') || /[${}]/.test(target.address)) return [];
        if (/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535) return [];
        const message = `Target "${target.address}" of job "${job.name}" has the port "${port}", which is none, so it is never up`;
        return [
          {
            at: target.at,
            message,
            hint: 'Write a number from 1 to 65535',
            facts: { job: job.name, target: target.address },
          },
        ];
      }),
    ];
  },
});

function oddScheme(job: ScrapeJob): FindingDraft {
  return {
    at: { ...job.at, pointer: [...(job.at.pointer ?? []), 'scheme'] },
    message: `The scheme of job "${job.name}" is "${job.scheme}", which is neither http nor https, so none of its targets is ever up`,
    hint: 'Write "http" or "https"',
    facts: { job: job.name, scheme: job.scheme },
  };
}

function emptyTargets(job: ScrapeJob): FindingDraft[] {
  return listAt(job.value, 'static_configs').flatMap((group, outer) =>
    listAt(group, 'targets').flatMap((target, inner): FindingDraft[] => {
      if (target !== null && target !== '') return [];
      const pointer = [...(job.at.pointer ?? []), 'static_configs', outer, 'targets', inner];
      const message = `A target of job "${job.name}" is empty, so it is dropped and promtool refuses the file`;
      return [
        {
          at: { ...job.at, pointer },
          message,
          hint: 'Write its host and port, or take it out',
          facts: { job: job.name },
        },
      ];
    }),
  );
}

function isRewritten(job: ScrapeJob): boolean {
  return listAt(job.value, 'relabel_configs').some((step) => {
    const action = textValue(step, 'action') ?? 'replace';
    return action === 'labelmap' || /^__(?:address|scheme)__$|\$/.test(textValue(step, 'target_label') ?? '');
  });
}
