import type { FindingDraft } from '../../model/finding.ts';
import type { Place, Pointer } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { reachOf } from '../support/hosts.ts';

const rings: readonly Pointer[] = [
  ['common', 'ring', 'kvstore'],
  ['ingester', 'lifecycler', 'ring', 'kvstore'],
];

/**
 * The parts of a Loki find each other in a ring. Unless it is told otherwise it keeps the ring in a Consul on its own host
 * (https://grafana.com/docs/loki/v2.9.x/configure/#common).
 */
export const absentRing = defineRule({
  id: 'loki/absent-ring',
  severity: 'error',
  over: 'loki',
  claim: 'What keeps the ring of a Loki is there.',
  check: ({ file, service: name, value }, { stack, repository: { tree } }): FindingDraft[] => {
    const service = stack.services.find((one) => one.name === name);
    // Of a file that does not parse nothing is known.
    if (file === undefined || service === undefined || Object.keys(value).length === 0) return [];
    if (
      service.command.some(({ value: word }) => /^--?(common\.storage\.ring|ring|memberlist|consul|etcd)\./.test(word))
    )
      return [];
    const members = listAt(value, 'memberlist', 'join_members').flatMap((member, index) =>
      typeof member === 'string' ? [{ address: member, pointer: ['memberlist', 'join_members', index] }] : [],
    );
    const written = rings.filter((ring) => textValue(value, ...ring, 'store') !== undefined);
    const stores = [...written.flatMap((ring) => storesOf(value, ring)), ...members];
    const lost = stores.flatMap(({ address, pointer }): FindingDraft[] => {
      const { host } = splitAddress(address, 'http');
      const reach = reachOf(tree, stack, service, host);
      const own = host === name || reach.kind !== 'nobody';
      return own
        ? []
        : [draft(service, { file, pointer }, `looks for its ring at "${host}", which is no service of the stack`)];
    });
    if (written.length > 0 || members.length > 0) return lost;
    return [
      draft(
        service,
        { file, pointer: ['common'] },
        'says nothing of its ring, so it looks for a Consul on "localhost:8500"',
      ),
    ];
  },
});

function storesOf(value: unknown, ring: Pointer): { address: string; pointer: Pointer }[] {
  const store = textValue(value, ...ring, 'store');
  const host = textValue(value, ...ring, 'consul', 'host');
  if (store === 'consul') return host === undefined ? [] : [{ address: host, pointer: [...ring, 'consul', 'host'] }];
  if (store !== 'etcd') return [];
  return listAt(value, ...ring, 'etcd', 'endpoints').flatMap((endpoint, index) =>
    typeof endpoint === 'string' ? [{ address: endpoint, pointer: [...ring, 'etcd', 'endpoints', index] }] : [],
  );
}

function draft({ name }: Service, at: Place, problem: string): FindingDraft {
  return {
    at,
    message: `Loki "${name}" ${problem}, and without a ring it takes no line`,
    hint: 'Set common.ring.kvstore.store to inmemory where one process does it all',
    facts: { service: name },
  };
}
