import { either, list, map, nullable, record, type Shape, type Test } from '../shape.ts';
import { bytes, distinct, options, pairs, word, wordOf, wordOrNumber, words, yes } from './scalars.ts';

const open = /^x-/;

/** `ports` of a service; the short form is read by a rule of its own. */
export const ports: Shape = list(
  either(
    wordOrNumber(),
    record(
      'a port',
      {
        name: word(),
        mode: word(),
        host_ip: word(),
        target: wordOrNumber(),
        published: wordOrNumber(),
        protocol: word(),
        app_protocol: word(),
      },
      { required: ['target'], open },
    ),
  ),
);

/** `source:target:mode`; a drive of Windows has a colon of its own. */
const shortMount: Test = (value) => {
  const text = String(value);
  const parts = text.split(':');
  if (text === '') return 'is empty';
  if (parts.includes('')) return `is "${text}", which has nothing between two colons`;
  const drives = parts.filter((part) => part.length === 1).length;
  return parts.length - drives > 3 ? `is "${text}", which has too many colons` : undefined;
};

/** `volumes` of a service (https://docs.docker.com/reference/compose-file/services/#volumes). */
export const mounts: Shape = list(
  either(
    word(shortMount),
    record(
      'a mount',
      {
        type: wordOf('bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image'),
        source: word(),
        target: word(),
        read_only: yes,
        consistency: word(),
        bind: record(
          '"bind"',
          {
            propagation: word(),
            create_host_path: yes,
            recursive: wordOf('enabled', 'disabled', 'writable', 'readonly'),
            selinux: wordOf('z', 'Z'),
          },
          { open },
        ),
        volume: record('"volume"', { labels: pairs, nocopy: yes, subpath: word() }, { open }),
        tmpfs: record('"tmpfs"', { size: bytes, mode: wordOrNumber() }, { open }),
        image: record('"image"', { subpath: word() }, { open }),
      },
      { required: ['type', 'target'], open },
    ),
  ),
);

/** `networks` of a service, by name or with what it has there. */
export const networksOfService: Shape = either(
  distinct(word()),
  map(
    nullable(
      record(
        'a network of a service',
        {
          aliases: words,
          interface_name: word(),
          ipv4_address: word(),
          ipv6_address: word(),
          link_local_ips: words,
          mac_address: word(),
          driver_opts: options,
          priority: wordOrNumber(),
          gw_priority: wordOrNumber(),
        },
        { open },
      ),
    ),
  ),
);
