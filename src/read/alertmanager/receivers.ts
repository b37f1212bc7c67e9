import type { Receiver } from '../../model/alertmanager.ts';
import { flagAt, isMapping, listAt, textValue } from '../values.ts';

/** Integrations that keep silent about resolved alerts unless told otherwise; the others speak. */
const silentWhenResolved = new Set(['email', 'slack', 'wechat', 'rocketchat']);

/**
 * The receivers of a configuration with every `*_configs` entry. Defaults of `send_resolved` as documented at
 * https://prometheus.io/docs/alerting/latest/configuration/#receiver-integration-settings.
 */
export function receiversOf(file: string, value: unknown): Receiver[] {
  return listAt(value, 'receivers').flatMap((receiver, index) => {
    if (!isMapping(receiver)) return [];
    const integrations = Object.keys(receiver)
      .filter((key) => key.endsWith('_configs'))
      .flatMap((key) =>
        listAt(receiver, key).flatMap((entry, place) => {
          const kind = key.slice(0, -'_configs'.length);
          const held = entry === null ? {} : entry;
          if (!isMapping(held)) return [];
          return {
            kind,
            index: place,
            sendResolved: flagAt(held, 'send_resolved') ?? !silentWhenResolved.has(kind),
            value: held,
            at: { file, pointer: ['receivers', index, key, place] },
          };
        }),
      );
    return { name: textValue(receiver, 'name') ?? '', at: { file, pointer: ['receivers', index] }, integrations };
  });
}
