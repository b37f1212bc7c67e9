import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import { flagValue } from '../../read/flags.ts';
import { flagAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { periodsOf } from './periods.ts';

/** Where a Loki keeps what it cannot make again: chunks, indexes, lines not yet in a chunk, and what is to be deleted. */
const places: readonly Pointer[] = [
  ['common', 'path_prefix'],
  ['common', 'storage', 'filesystem', 'chunks_directory'],
  ['storage_config', 'filesystem', 'directory'],
  ['storage_config', 'boltdb_shipper', 'active_index_directory'],
  ['storage_config', 'tsdb_shipper', 'active_index_directory'],
  ['ingester', 'wal', 'dir'],
  ['compactor', 'working_directory'],
];

/**
 * A path that lies on no volume goes with its container
 * (https://grafana.com/docs/loki/v2.9.x/configure/#common). The image of Loki declares no volume of its own.
 */
export const unmountedData = defineRule({
  id: 'loki/unmounted-data',
  severity: 'warning',
  over: 'loki',
  claim: 'Everything that a Loki keeps on disk is on a mount.',
  check: ({ service: name, file, value }, { stack }): FindingDraft[] => {
    const service = stack.services.find((one) => one.name === name);
    if (file === undefined || service === undefined || 'volumes_from' in service.definition) return [];
    const remote = isRemote(value);
    // Of what an object store holds, only the lines that are not yet there are lost, and only one part of Loki has them.
    const target = flagValue(service, 'target')?.value ?? textValue(value, 'target') ?? 'all';
    if (remote && !/\b(?:all|write|ingester)\b/.test(target)) return [];
    const lost = places.flatMap((pointer) => {
      const path = textValue(value, ...pointer) ?? '';
      // The folder of everything counts by what is below it, where that is named.
      const named = pointer[1] === 'path_prefix' && hasOwnPlaces(value);
      const unused = pointer[1] === 'wal' && flagAt(value, 'ingester', 'wal', 'enabled') === false;
      return path.startsWith('/') && !path.includes('$') && !named && !unused ? [{ pointer, path }] : [];
    });
    const bare = lost.filter(({ path }) =>
      service.mounts.every(({ kind, target }) => kind === 'tmpfs' || !holds(target, path)),
    );
    const [first] = bare;
    if (first === undefined) return [];
    const paths = [...new Set(bare.map(({ path }) => path))];
    return [
      {
        at: { file, pointer: first.pointer },
        message: `Loki "${name}" keeps its data at ${quoteAll(paths)}, which ${paths.length === 1 ? 'is' : 'are'} on no volume, so a new container has lost ${remote ? 'the logs that are not yet in the object store' : 'every log'}`,
        related: [{ at: service.at, note: 'the mounts of this service' }],
        hint: 'Mount a volume there',
        facts: { service: name, paths },
      },
    ];
  },
});

/** Whether chunks and index go to a store outside of the container. */
function isRemote(value: unknown): boolean {
  const stores = periodsOf(value).map(({ objectStore }) => objectStore);
  return stores.length > 0 && stores.every((store) => store !== '' && store !== 'filesystem');
}

function hasOwnPlaces(value: unknown): boolean {
  return places.slice(1, 3).some((pointer) => textValue(value, ...pointer) !== undefined);
}

/** A mount above the path holds it, and one below may hold all that counts. */
function holds(target: string, path: string): boolean {
  const [mounted, wanted] = [`${target.replace(/\/+$/, '')}/`, `${path.replace(/\/+$/, '')}/`];
  return wanted.startsWith(mounted) || mounted.startsWith(wanted);
}
