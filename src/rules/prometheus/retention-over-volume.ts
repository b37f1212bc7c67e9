import type { FindingDraft } from '../../model/finding.ts';
import type { Mount, Service, Stack } from '../../model/stack.ts';
import { flagValue } from '../../read/flags.ts';
import { byteSize } from '../../read/sizes.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { dataPathOf, mountOf } from '../support/data-path.ts';

/**
 * Blocks are deleted when they are more than `--storage.tsdb.retention.size` together; a volume that is smaller is full before
 * (https://prometheus.io/docs/prometheus/2.47/storage/#operational-aspects).
 */
export const retentionOverVolume = defineRule({
  id: 'prometheus/retention-over-volume',
  severity: 'error',
  over: 'service',
  claim: 'The size Prometheus may keep is smaller than the volume it keeps it on.',
  check: (service, { stack }): FindingDraft[] => {
    if (service.product !== 'prometheus') return [];
    const kept = flagValue(service, 'storage.tsdb.retention.size');
    const path = dataPathOf(stack, service);
    const mount = path === undefined ? undefined : mountOf(service, path);
    const [wanted, there] = [
      byteSize(kept?.value ?? ''),
      mount === undefined ? undefined : sizeOf(stack, service, mount),
    ];
    if (kept === undefined || mount === undefined || wanted === undefined || there === undefined) return [];
    if (wanted === 0 || wanted < there) return [];
    return [
      {
        at: kept.at,
        message: `"${kept.value}" of service "${service.name}" is no less than what "${mount.target}" holds, so the disk is full before anything is deleted and Prometheus ends`,
        related: [{ at: mount.at, note: 'what it is kept on' }],
        hint: 'Keep a fifth less than the volume holds: the log of the last hours is there too',
        facts: { service: service.name, retention: wanted, volume: there },
      },
    ];
  },
});

/** Bytes of a volume or tmpfs, where its options set them. */
function sizeOf(stack: Stack, { definition }: Service, { kind, source, target }: Mount): number | undefined {
  if (kind === 'volume') {
    const volume = stack.volumes.find(({ name }) => name === source);
    return inOptions(
      textValue(volume?.definition, 'driver_opts', 'o') ?? textValue(volume?.definition, 'driver_opts', 'size'),
    );
  }
  if (kind !== 'tmpfs') return undefined;
  const short = [definition['tmpfs']].flat().find((one) => String(one).split(':')[0] === target);
  const long = listAt(definition, 'volumes').find((one) => textValue(one, 'target') === target);
  return inOptions(short === undefined ? textValue(long, 'tmpfs', 'size') : String(short).split(':')[1]);
}

function inOptions(options: string | undefined): number | undefined {
  const size = /(?:^|,)size=([^,]+)/.exec(options ?? '')?.[1] ?? options;
  return size === undefined ? undefined : byteSize(size);
}
