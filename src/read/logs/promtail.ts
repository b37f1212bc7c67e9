import type { Located, Pointer } from '../../model/location.ts';
import type { PromtailConfig } from '../../model/logs.ts';
import type { Service } from '../../model/stack.ts';
import type { Documents } from '../documents.ts';
import { openMapping } from '../open-mapping.ts';
import { isMapping, listAt, optional, textValue } from '../values.ts';
import { configFile } from './loki.ts';

const defaultPath = '/etc/promtail/config.yml';

/** Promtail of one service (https://grafana.com/docs/loki/latest/send-data/promtail/configuration/). */
export function readPromtail(documents: Documents, service: Service): PromtailConfig {
  const file = configFile(documents, service, defaultPath);
  const value = file === undefined ? undefined : openMapping(documents, file, {}, 'yaml');
  if (file === undefined || value === undefined)
    return { service: service.name, ...optional('file', file), value: {}, clients: [], scrapeJobs: [] };
  const text = (...pointer: Pointer): Located<string> | undefined => {
    const found = textValue(value, ...pointer);
    return found === undefined ? undefined : { value: found, at: { file, pointer } };
  };
  return {
    service: service.name,
    file,
    value,
    clients: [
      ...listAt(value, 'clients').flatMap((_, index) => text('clients', index, 'url') ?? []),
      ...[text('client', 'url')].flatMap((url) => url ?? []),
    ],
    ...optional('positions', text('positions', 'filename')),
    scrapeJobs: listAt(value, 'scrape_configs').flatMap((job, index) => {
      if (!isMapping(job)) return [];
      const pointer: Pointer = ['scrape_configs', index];
      return {
        name: textValue(job, 'job_name') ?? '',
        at: { file, pointer },
        paths: listAt(job, 'static_configs').flatMap(
          (_, place) => text(...pointer, 'static_configs', place, 'labels', '__path__') ?? [],
        ),
        usesDocker: listAt(job, 'docker_sd_configs').length > 0,
      };
    }),
  };
}
