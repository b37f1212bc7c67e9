import type { Pointer } from '../../model/location.ts';
import type { PromtailConfig } from '../../model/logs.ts';
import type { Service, Stack } from '../../model/stack.ts';
import { isMapping, listAt, type Mapping, textValue } from '../../read/values.ts';

/** A scrape job with its own mapping. */
export interface Job {
  readonly name: string;
  readonly value: Mapping;
  readonly pointer: Pointer;
}

/** One stage of a pipeline. `pointer` leads to its configuration. */
export interface Stage {
  readonly kind: string;
  readonly config: unknown;
  readonly pointer: Pointer;
}

/** Sources of lines that go before all others: a job that has one of them has no other. */
export const fileSources: readonly string[] = [
  'static_configs',
  'file_sd_configs',
  'kubernetes_sd_configs',
  'consul_sd_configs',
  'consulagent_sd_configs',
  'dns_sd_configs',
  'ec2_sd_configs',
  'gce_sd_configs',
  'azure_sd_configs',
  'openstack_sd_configs',
  'digitalocean_sd_configs',
  'dockerswarm_sd_configs',
  'serverset_sd_configs',
  'nerve_sd_configs',
  'marathon_sd_configs',
  'triton_sd_configs',
];

/** The other sources, in the order in which Promtail looks for them. */
export const otherSources: readonly string[] = [
  'journal',
  'syslog',
  'gcplog',
  'loki_push_api',
  'windows_events',
  'kafka',
  'azure_event_hubs',
  'gelf',
  'cloudflare',
  'docker_sd_configs',
  'heroku_drain',
];

/** The scrape jobs of a Promtail. */
export function jobsOf(value: unknown): Job[] {
  return listAt(value, 'scrape_configs').flatMap((job, index) =>
    isMapping(job) ? [{ name: textValue(job, 'job_name') ?? '', value: job, pointer: ['scrape_configs', index] }] : [],
  );
}

/** The stages of a job in the order they run in; `match` comes before the stages inside it. */
export function stagesOf(job: Job): Stage[] {
  return stagesIn(listAt(job.value, 'pipeline_stages'), [...job.pointer, 'pipeline_stages']);
}

/** Whether a job gets its lines from this source; an empty list of discoveries is none. */
export function hasSource({ value }: Job, source: string): boolean {
  const held = value[source];
  return Array.isArray(held) ? held.length > 0 : isMapping(held);
}

/** The service a configuration belongs to. */
export function serviceOf(stack: Stack, config: Pick<PromtailConfig, 'service'>): Service | undefined {
  return stack.services.find((one) => one.name === config.service);
}

function stagesIn(stages: readonly unknown[], above: Pointer): Stage[] {
  return stages.flatMap((stage, index) => {
    if (!isMapping(stage)) return [];
    return Object.entries(stage).flatMap(([kind, config]): Stage[] => {
      const pointer = [...above, index, kind];
      const own = { kind, config, pointer };
      return kind === 'match' ? [own, ...stagesIn(listAt(config, 'stages'), [...pointer, 'stages'])] : [own];
    });
  });
}
