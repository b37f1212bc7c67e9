import { atMostOne, isWritten, oneNeeded } from '../facts.ts';
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
} from '../shape.ts';
import { options, pairs, word, wordOrWords, yes } from './scalars.ts';
import { services } from './service.ts';

const open = /^x-/;
const external = either(yes, record('"external"', { name: word() }, { open }));
const common = { name: word(), external, labels: pairs };

const ipam = record(
  '"ipam"',
  {
    driver: word(),
    config: list(
      record(
        'an address range',
        { subnet: word(), ip_range: word(), gateway: word(), aux_addresses: map(word()) },
        { open },
      ),
    ),
    options: map(word()),
  },
  { open },
);

const network = nullable(
  record(
    'a network',
    {
      ...common,
      driver: word(),
      driver_opts: options,
      ipam,
      internal: yes,
      enable_ipv4: yes,
      enable_ipv6: yes,
      attachable: yes,
    },
    { open },
  ),
);

const volume = nullable(
  record('a volume', { ...common, driver: word(), driver_opts: options }, { open, check: ownedElsewhere }),
);

/** Where a secret or a config comes from: from one place, unless somebody else makes it. */
function sourceOf(value: Readonly<Record<string, unknown>>, ...keys: readonly string[]): RecordFault[] {
  return isExternal(value) ? [] : [...oneNeeded(value, ...keys), ...atMostOne(value, ...keys)];
}

/** A volume that somebody else makes has nothing but a name. */
function ownedElsewhere(value: Readonly<Record<string, unknown>>): RecordFault[] {
  const [own] = ['driver', 'driver_opts', 'labels'].filter((key) => isExternal(value) && isWritten(value, key));
  return own === undefined ? [] : [{ route: [own], wrong: 'stands beside "external"', kind: 'conflict' }];
}

function isExternal({ external: mark }: Readonly<Record<string, unknown>>): boolean {
  return mark !== undefined && mark !== false && mark !== 'false';
}

const secret = record(
  'a secret',
  { ...common, environment: word(), file: word(), driver: word(), driver_opts: options, template_driver: word() },
  { open, check: (value) => sourceOf(value, 'file', 'environment') },
);

const config = record(
  'a config',
  { ...common, content: word(), environment: word(), file: word(), template_driver: word() },
  { open, check: (value) => sourceOf(value, 'file', 'environment', 'content') },
);

const included: Shape = either(
  word(),
  record('an included file', { path: wordOrWords, env_file: wordOrWords, project_directory: word() }),
);

/** A name of a volume, a network, a secret or a config. */
const named = (name: unknown): string | undefined =>
  /^[a-zA-Z0-9._-]+$/.test(String(name)) ? undefined : 'is no name (letters, digits, dots, dashes, underscores)';

/**
 * A compose file as compose 2.40 reads it: every key, its type and what is read out of its texts
 * (https://docs.docker.com/reference/compose-file/). What one key asks of another is a matter of rules.
 */
export const composeFile: RecordShape = record(
  'a compose file',
  () => ({
    version: word(),
    name: word(),
    include: list(included),
    services,
    models: map(anything),
    networks: map(network),
    volumes: map(volume, named),
    secrets: map(secret, named),
    configs: map(config, named),
  }),
  { open },
);
