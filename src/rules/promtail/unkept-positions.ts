import { defineRule } from '../define-rule.ts';

/**
 * Promtail notes in its positions file how far it has read; in a new container without it every line is sent again
 * (https://grafana.com/docs/loki/latest/send-data/promtail/configuration/#positions).
 */
export const unkeptPositions = defineRule({
  id: 'promtail/unkept-positions',
  severity: 'warning',
  over: 'promtail',
  claim: 'Promtail keeps its positions on a mount.',
  check: ({ service: name, positions }, { stack }) => {
    const service = stack.services.find((one) => one.name === name);
    if (service === undefined || positions === undefined || positions.value.includes('$')) return [];
    const kept = service.mounts.some(
      (mount) => mount.kind !== 'tmpfs' && `${positions.value}/`.startsWith(`${mount.target.replace(/\/+$/, '')}/`),
    );
    if (kept) return [];
    return [
      {
        at: positions.at,
        message: `Promtail "${name}" keeps its positions in "${positions.value}", which is on no volume, so a new container reads every log again`,
        related: [{ at: service.at, note: 'the mounts of this service' }],
        hint: 'Mount a volume and keep the file there',
        facts: { service: name, path: positions.value },
      },
    ];
  },
});
