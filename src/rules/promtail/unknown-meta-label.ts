import type { FindingDraft } from '../../model/finding.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { hasSource, type Job, jobsOf } from './jobs.ts';

/** What each source gives to relabelling, by the beginning of the names. */
const families: readonly (readonly [prefix: string, sources: readonly string[]])[] = [
  ['__meta_docker_', ['docker_sd_configs']],
  ['__meta_dockerswarm_', ['dockerswarm_sd_configs']],
  ['__meta_kubernetes_', ['kubernetes_sd_configs']],
  ['__meta_consul_', ['consul_sd_configs']],
  ['__meta_consulagent_', ['consulagent_sd_configs']],
  ['__meta_dns_', ['dns_sd_configs']],
  ['__meta_ec2_', ['ec2_sd_configs']],
  ['__meta_gce_', ['gce_sd_configs']],
  ['__meta_azure_', ['azure_sd_configs']],
  ['__meta_openstack_', ['openstack_sd_configs']],
  ['__meta_digitalocean_', ['digitalocean_sd_configs']],
  ['__meta_marathon_', ['marathon_sd_configs']],
  ['__meta_triton_', ['triton_sd_configs']],
  ['__meta_filepath', ['file_sd_configs']],
  ['__meta_kafka_', ['kafka', 'azure_event_hubs']],
  ['__journal_', ['journal']],
  ['__syslog_', ['syslog']],
  ['__gcp_', ['gcplog']],
  ['__gelf_', ['gelf']],
  ['__heroku_', ['heroku_drain']],
];

/** Every label that the discovery of Docker gives, those that end in an underscore as beginnings. */
const docker =
  /^__meta_docker_(container_(id|name|network_mode|log_stream)|container_label_.+|network_(id|name|ingress|internal|scope|ip)|network_label_.+|port_(private|public|public_ip))$/;

/**
 * A label that the discovery does not give is empty, and what is made of it is never there
 * (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/configuration/#docker_sd_config).
 */
export const unknownMetaLabel = defineRule({
  id: 'promtail/unknown-meta-label',
  severity: 'error',
  over: 'promtail',
  claim: 'Every label that relabelling reads of the discovery is one that this discovery gives.',
  check: ({ file, service, value }) => {
    if (file === undefined) return [];
    return jobsOf(value).flatMap((job) =>
      listAt(job.value, 'relabel_configs').flatMap((step, index) =>
        listAt(step, 'source_labels').flatMap((label, place): FindingDraft[] => {
          if (typeof label !== 'string' || isGiven(job, label)) return [];
          const target = textValue(step, 'target_label');
          return [
            {
              at: { file, pointer: [...job.pointer, 'relabel_configs', index, 'source_labels', place] },
              message: `Job "${job.name}" reads the label "${label}", which its discovery does not give, so ${outcome(step, target)}`,
              hint: 'Write a label that the discovery of this job has',
              facts: { service, job: job.name, label },
            },
          ];
        }),
      ),
    );
  },
});

function isGiven(job: Job, label: string): boolean {
  const family = families.find(([prefix]) => label.startsWith(prefix));
  // Relabelling may have made the label itself, and a push or a file may bring any.
  if (family === undefined || hasSource(job, 'loki_push_api') || makes(job, label)) return true;
  if (hasSource(job, 'file_sd_configs')) return true;
  const [prefix, sources] = family;
  if (!sources.some((source) => hasSource(job, source))) return false;
  return prefix !== '__meta_docker_' || docker.test(label);
}

function makes(job: Job, label: string): boolean {
  const steps = listAt(job.value, 'relabel_configs');
  if (steps.some((step) => textValue(step, 'target_label') === label || textValue(step, 'action') === 'labelmap'))
    return true;
  return JSON.stringify(listAt(job.value, 'static_configs')).includes(`"${label}"`);
}

function outcome(step: unknown, target: string | undefined): string {
  const action = textValue(step, 'action') ?? 'replace';
  if (action === 'keep') return 'the step keeps by an empty text';
  if (action === 'drop') return 'the step drops by an empty text';
  return target === undefined ? 'the step works on an empty text' : `"${target}" is made of an empty text`;
}
