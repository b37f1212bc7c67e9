import type { FindingDraft } from '../../model/finding.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { mountOf } from '../support/data-path.ts';

/**
 * Discovery by Docker's API asks a socket that has to be mounted, and that the user of the image, nobody, may not open
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#docker_sd_config).
 */
export const unmountedSocket = defineRule({
  id: 'prometheus/unmounted-socket',
  severity: 'error',
  over: 'scrape-job',
  claim: 'The socket that a job discovers its targets by is mounted, and Prometheus may open it.',
  check: (job, { stack, prometheus }) => {
    const service = stack.services.find((one) => one.name === prometheus.service);
    if (service === undefined) return [];
    return ['docker_sd_configs', 'dockerswarm_sd_configs'].flatMap((key) =>
      listAt(job.value, key).flatMap((one, index): FindingDraft[] => {
        const host = textValue(one, 'host') ?? '';
        const path = /^unix:\/\/(\/.*)$/.exec(host)?.[1];
        if (path === undefined) return [];
        const at = { ...job.at, pointer: [...(job.at.pointer ?? []), key, index, 'host'] };
        const facts = { job: job.name, socket: path };
        if (mountOf(service, path) === undefined) {
          const message = `"${host}" of job "${job.name}" is a socket that nobody mounts into "${service.name}", so the job finds no target`;
          return [{ at, message, hint: `Mount "${path}" read-only, or ask a proxy of the socket`, facts }];
        }
        const { user, privileged, definition } = service;
        if (user !== undefined || privileged?.value === true || definition['group_add'] !== undefined) return [];
        const message = `"${host}" of job "${job.name}": Prometheus runs as nobody, who may not open the socket unless its owner changed that, so the job finds no target`;
        return [{ at, severity: 'warning', message, hint: 'Add the group of the socket with "group_add"', facts }];
      }),
    );
  },
});
