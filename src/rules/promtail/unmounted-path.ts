import type { FindingDraft } from '../../model/finding.ts';
import type { PromtailConfig } from '../../model/logs.ts';
import type { Service } from '../../model/stack.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { hasSource, jobsOf } from './jobs.ts';

/**
 * Promtail reads files of its own container alone: a log of the host has to be mounted, and so has the socket that
 * `docker_sd_configs` asks (https://grafana.com/docs/loki/latest/send-data/promtail/configuration/).
 */
export const unmountedPath = defineRule({
  id: 'promtail/unmounted-path',
  severity: 'error',
  over: 'promtail',
  claim: 'Every path that Promtail reads is mounted into its container.',
  check: (promtail, { stack }) => {
    const service = stack.services.find((one) => one.name === promtail.service);
    if (service === undefined || 'volumes_from' in service.definition) return [];
    return [
      ...unmountedLogs(promtail, service),
      ...unmountedSockets(promtail, service),
      ...unmountedJournals(promtail, service),
    ];
  },
});

function unmountedLogs(promtail: PromtailConfig, service: Service): FindingDraft[] {
  return promtail.scrapeJobs.flatMap((job) =>
    job.paths
      .filter(({ value }) => value.startsWith('/') && !value.includes('$') && !isMounted(service, fixedPart(value)))
      .map(({ value, at }) => ({
        at,
        message: `Promtail "${service.name}" reads "${value}", and nothing is mounted there, so the job "${job.name}" never sees a line`,
        related: [{ at: service.at, note: 'the mounts of this service' }],
        hint: `Mount "${fixedPart(value)}" into the service, or read what is mounted`,
        facts: { service: service.name, path: value, job: job.name },
      })),
  );
}

function unmountedSockets(promtail: PromtailConfig, service: Service): FindingDraft[] {
  const { file } = promtail;
  if (file === undefined) return [];
  return promtail.scrapeJobs.flatMap((job) =>
    listAt(promtail.value, ...(job.at.pointer ?? []), 'docker_sd_configs').flatMap((entry, index): FindingDraft[] => {
      const socket = /^unix:\/\/(\/.+)$/.exec(textValue(entry, 'host') ?? '')?.[1];
      if (socket === undefined || isMounted(service, socket)) return [];
      return [
        {
          at: { file, pointer: [...(job.at.pointer ?? []), 'docker_sd_configs', index] },
          message: `Promtail "${service.name}" asks the engine at "${socket}", which is not mounted, so the job "${job.name}" finds no container`,
          related: [{ at: service.at, note: 'the mounts of this service' }],
          hint: `Mount "${socket}" into the service, or read files`,
          facts: { service: service.name, path: socket, job: job.name },
        },
      ];
    }),
  );
}

/** Without a path Promtail looks at both places where systemd keeps its journal, below the id of the machine. */
function unmountedJournals({ file, value }: PromtailConfig, service: Service): FindingDraft[] {
  if (file === undefined) return [];
  return jobsOf(value).flatMap((job): FindingDraft[] => {
    if (!hasSource(job, 'journal')) return [];
    const written = textValue(job.value, 'journal', 'path') ?? '';
    const places = written === '' ? ['/var/log/journal', '/run/log/journal'] : [written];
    if (places.some((path) => path.includes('$') || isMounted(service, path))) return [];
    return [
      {
        at: { file, pointer: [...job.pointer, 'journal', ...(written === '' ? [] : ['path'])] },
        message: `Promtail "${service.name}" reads the journal at ${quoteAll(places)}, and nothing is mounted there, so the job "${job.name}" never sees a line`,
        related: [{ at: service.at, note: 'the mounts of this service' }],
        hint: `Mount "${places[0]}" into the service, and /etc/machine-id with it`,
        facts: { service: service.name, path: places[0] ?? '', job: job.name },
      },
    ];
  });
}

/** The folder of a glob, or the file itself where there is no glob. */
function fixedPart(path: string): string {
  return /[*?[{]/.test(path) ? path.replace(/\/[^/]*[*?[{].*$/, '') || '/' : path;
}

/** A mount holds the path, or lies below it where the path is a folder. `/var/run` is `/run` in the images. */
function isMounted(service: Service, path: string): boolean {
  const clean = (text: string): string => `${text.replace(/^\/var\/run(?=\/|$)/, '/run').replace(/\/+$/, '')}/`;
  const wanted = clean(path);
  return service.mounts.some((mount) => {
    const target = clean(mount.target);
    return wanted.startsWith(target) || target.startsWith(wanted);
  });
}
