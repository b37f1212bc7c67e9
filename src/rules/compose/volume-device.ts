import type { FindingDraft } from '../../model/finding.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/**
 * A volume with `o: bind` mounts a folder of the host that nobody makes: where it is missing, the start fails with `no such file or
 * directory` (https://docs.docker.com/engine/storage/volumes/#create-a-volume-with-a-local-driver).
 */
export const volumeDevice = defineRule({
  id: 'compose/volume-device',
  severity: 'info',
  over: 'stack',
  claim: 'No volume needs a folder of the host that is made by hand.',
  check: ({ volumes }): FindingDraft[] => {
    const bound = volumes.flatMap((volume) => {
      const options = textValue(volume.definition, 'driver_opts', 'o') ?? '';
      const device = textValue(volume.definition, 'driver_opts', 'device');
      return device === undefined || !options.split(',').includes('bind') ? [] : [{ volume, device }];
    });
    const [first, ...others] = bound;
    if (first === undefined) return [];
    const several = others.length > 0 ? ` and ${others.length} more` : '';
    return [
      {
        at: first.volume.at,
        message: `Volume "${first.volume.name}"${several} is the folder "${first.device}" of the host, which the engine does not make, so whether it is there cannot be told`,
        related: others.map(({ volume, device }) => ({ at: volume.at, note: `the folder "${device}"` })),
        hint: 'Make the folder before the first start, or use a plain volume',
        facts: { volumes: bound.map(({ volume }) => volume.name), devices: bound.map(({ device }) => device) },
      },
    ];
  },
});
