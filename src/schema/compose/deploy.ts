import { either, list, map, nullable, record, type Shape } from '../shape.ts';
import { bytesInWords, count, pairs, span, word, wordOf, wordOrNumber, words } from './scalars.ts';

const open = /^x-/;

/** A device that a service reserves (https://docs.docker.com/reference/compose-file/deploy/#devices). */
const device = record(
  'a reserved device',
  { capabilities: words, count: wordOrNumber(), device_ids: words, driver: word(), options: pairs },
  { required: ['capabilities'], open },
);

/** `gpus` of a service: all of them, or some. */
export const gpus: Shape = either(
  wordOf('all'),
  list(
    record(
      'a GPU',
      { capabilities: words, count: wordOrNumber(), device_ids: words, driver: word(), options: pairs },
      { open: /(?:)/ },
    ),
  ),
);

const update = {
  parallelism: count,
  delay: span,
  failure_action: word(),
  monitor: span,
  max_failure_ratio: count,
  order: wordOf('start-first', 'stop-first'),
};

const resources = record(
  '"resources"',
  {
    limits: record('the limits', { cpus: count, memory: bytesInWords, pids: count }, { open }),
    reservations: record(
      'the reservations',
      {
        cpus: count,
        memory: bytesInWords,
        generic_resources: list(
          record(
            'a generic resource',
            {
              discrete_resource_spec: record('a discrete resource', { kind: word(), value: wordOrNumber() }, { open }),
            },
            { open },
          ),
        ),
        devices: list(device),
      },
      { open },
    ),
  },
  { open },
);

/** `deploy` of a service (https://docs.docker.com/reference/compose-file/deploy/). */
export const deploy: Shape = nullable(
  record(
    '"deploy"',
    {
      mode: word(),
      endpoint_mode: word(),
      replicas: count,
      labels: pairs,
      rollback_config: record('"rollback_config"', update, { open }),
      update_config: record('"update_config"', update, { open }),
      resources,
      restart_policy: record(
        '"restart_policy"',
        { condition: word(), delay: span, max_attempts: count, window: span },
        { open },
      ),
      placement: record(
        '"placement"',
        {
          constraints: words,
          preferences: list(record('a preference', { spread: word() }, { open })),
          max_replicas_per_node: count,
        },
        { open },
      ),
    },
    { open },
  ),
);

/** `logging` of a service; `options` of its driver may be empty. */
export const logging: Shape = record('"logging"', { driver: word(), options: map(nullable(wordOrNumber())) }, { open });
