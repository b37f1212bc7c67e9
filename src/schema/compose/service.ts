import { shown } from '../scalars.ts';
import {
  anything,
  either,
  list,
  map,
  nullable,
  type RecordFault,
  type RecordShape,
  record,
  type Shape,
  scalar,
} from '../shape.ts';
import { build, extraHosts, given, ulimits } from './build.ts';
import { deploy, gpus, logging } from './deploy.ts';
import { mounts, networksOfService, ports } from './joined.ts';
import {
  any,
  bytes,
  bytesOrUnbound,
  count,
  distinct,
  pairs,
  span,
  word,
  wordOf,
  wordOrNumber,
  wordOrWords,
  words,
  yes,
} from './scalars.ts';

const open = /^x-/;
const command = nullable(wordOrWords);

const hook = record(
  'a hook',
  { command, user: word(), privileged: yes, working_dir: word(), environment: pairs },
  { required: ['command'], open },
);

const starters = ['CMD', 'CMD-SHELL', 'NONE'];
const test = either(
  word(),
  list(word(), ([first]): RecordFault[] =>
    first === undefined || starters.includes(String(first)) || String(first).includes('$')
      ? []
      : [{ route: [0], wrong: `is "${String(first)}", where a list begins with ${starters.join(', ')}` }],
  ),
);

const healthcheck = record(
  'a health check',
  { disable: yes, interval: span, retries: count, test, timeout: span, start_period: span, start_interval: span },
  { open },
);

const dependency = record(
  'a dependency',
  {
    restart: yes,
    required: yes,
    condition: wordOf('service_started', 'service_healthy', 'service_completed_successfully'),
  },
  { required: ['condition'], open },
);

const envFile = either(
  word(),
  list(
    either(
      word(),
      record('a file of variables', { path: word(), format: word(), required: yes }, { required: ['path'] }),
    ),
  ),
);

const limit = list(record('a limit of a device', { path: word(), rate: wordOrNumber() }));
const weight = list(record('a weight of a device', { path: word(), weight: count }));
const blkio = record('"blkio_config"', {
  device_read_bps: limit,
  device_read_iops: limit,
  device_write_bps: limit,
  device_write_iops: limit,
  weight: count,
  weight_device: weight,
});

const pullPolicy = word((value) =>
  /always|never|build|if_not_present|missing|refresh|daily|weekly|every_\d/.test(String(value))
    ? undefined
    : `is "${String(value)}", none of always, never, missing, build`,
);

const containerName = word((value) =>
  /[a-zA-Z0-9][a-zA-Z0-9_.-]+/.test(String(value)) ? undefined : `is "${String(value)}", no name of a container`,
);

/** `restart: no` is a truth to Go's reader, and compose takes it for the word. */
const restart = scalar((value) =>
  typeof value === 'string' || value === false ? undefined : `is ${shown(value)}, which is no text without quotes`,
);

const resourceKeys = {
  blkio_config: blkio,
  cpu_count: count,
  cpu_percent: count,
  cpu_period: wordOrNumber(),
  cpu_quota: wordOrNumber(),
  cpu_rt_period: wordOrNumber(),
  cpu_rt_runtime: wordOrNumber(),
  cpu_shares: count,
  cpus: count,
  cpuset: word(),
  deploy,
  gpus,
  mem_limit: bytes,
  mem_reservation: bytes,
  mem_swappiness: wordOrNumber(),
  memswap_limit: bytesOrUnbound,
  oom_kill_disable: yes,
  oom_score_adj: count,
  pids_limit: count,
  scale: count,
  shm_size: bytes,
  ulimits,
};

const rightsKeys = {
  cap_add: words,
  cap_drop: words,
  cgroup: wordOf('host', 'private'),
  cgroup_parent: word(),
  credential_spec: record('"credential_spec"', { config: word(), file: word(), registry: word() }, { open }),
  device_cgroup_rules: words,
  devices: list(
    either(
      word((value) =>
        String(value).split(':').length > 3 ? `is "${String(value)}", which has too many colons` : undefined,
      ),
      record('a device', { source: word(), target: word(), permissions: word() }, { required: ['source'], open }),
    ),
  ),
  group_add: distinct(wordOrNumber()),
  ipc: word(),
  isolation: word(),
  pid: nullable(word()),
  privileged: yes,
  read_only: yes,
  security_opt: distinct(word()),
  sysctls: pairs,
  use_api_socket: yes,
  user: word(),
  userns_mode: word(),
  uts: word(),
};

const networkKeys = {
  dns: wordOrWords,
  dns_opt: words,
  dns_search: wordOrWords,
  domainname: word(),
  expose: list(wordOrNumber()),
  external_links: distinct(word()),
  extra_hosts: extraHosts,
  hostname: word(),
  links: words,
  mac_address: word(),
  network_mode: word(),
  networks: networksOfService,
  ports,
};

const lifeKeys = {
  annotations: pairs,
  attach: yes,
  command,
  container_name: containerName,
  depends_on: either(distinct(word()), map(dependency)),
  entrypoint: command,
  healthcheck,
  init: yes,
  labels: pairs,
  label_file: wordOrWords,
  logging,
  post_start: list(hook),
  pre_stop: list(hook),
  profiles: words,
  restart,
  stdin_open: yes,
  stop_grace_period: span,
  stop_signal: word(),
  tty: yes,
  working_dir: word(),
};

/** A service of a compose file (https://docs.docker.com/reference/compose-file/services/). */
export const service: RecordShape = record(
  'a service',
  () => ({
    ...resourceKeys,
    ...rightsKeys,
    ...networkKeys,
    ...lifeKeys,
    build,
    configs: given,
    develop: nullable(anything),
    env_file: envFile,
    environment: pairs,
    extends: either(any, record('"extends"', { service: word(), file: word() }, { required: ['service'] })),
    image: word(),
    models: either(words, map(anything)),
    platform: word(),
    provider: anything,
    pull_policy: pullPolicy,
    pull_refresh_after: word(),
    runtime: word(),
    secrets: given,
    storage_opt: anything,
    tmpfs: wordOrWords,
    volumes: mounts,
    volumes_from: distinct(word()),
  }),
  { open },
);

/** Services by name. */
export const services: Shape = map(service, (name) =>
  /^[a-zA-Z0-9._-]+$/.test(String(name))
    ? undefined
    : 'is no name of a service (letters, digits, dots, dashes, underscores)',
);
