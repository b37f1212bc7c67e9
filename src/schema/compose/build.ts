import { either, list, map, record, type Shape } from '../shape.ts';
import { any, bytes, count, distinct, pairs, word, wordOrNumber, wordOrWords, words, yes } from './scalars.ts';

const open = /^x-/;

/** What a service is given of `secrets` or `configs`. */
export const given: Shape = list(
  either(
    word(),
    record(
      'a secret or config of a service',
      { source: word(), target: word(), uid: word(), gid: word(), mode: wordOrNumber() },
      { open },
    ),
  ),
);

/** `ulimits` (https://docs.docker.com/reference/compose-file/services/#ulimits). */
export const ulimits: Shape = map(
  either(count, record('a ulimit', { soft: count, hard: count }, { required: ['soft', 'hard'], open })),
);

const hostOfAddress = word((value) =>
  /.[:=]./.test(String(value)) ? undefined : `is "${String(value)}", a host without an address`,
);

/** `extra_hosts`, as a list or a mapping. */
export const extraHosts: Shape = either(map(wordOrWords), distinct(hostOfAddress));

/** `build` of a service (https://docs.docker.com/reference/compose-file/build/). */
export const build: Shape = either(
  word(),
  record(
    '"build"',
    {
      context: word(),
      dockerfile: word(),
      dockerfile_inline: word(),
      entitlements: words,
      args: pairs,
      ssh: pairs,
      labels: pairs,
      cache_from: words,
      cache_to: words,
      no_cache: yes,
      additional_contexts: pairs,
      network: word(),
      provenance: any,
      sbom: any,
      pull: yes,
      target: word(),
      shm_size: bytes,
      extra_hosts: extraHosts,
      isolation: word(),
      privileged: yes,
      secrets: given,
      tags: words,
      ulimits,
      platforms: words,
    },
    { open },
  ),
);
