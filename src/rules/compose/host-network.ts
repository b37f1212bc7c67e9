import { defineRule } from '../define-rule.ts';

/**
 * On the network of the host a service has no name for the others and every port of its own is open to whoever reaches the
 * host (https://docs.docker.com/engine/network/drivers/host/). For node-exporter that is the way its authors name
 * (https://github.com/prometheus/node_exporter#docker).
 */
export const hostNetwork = defineRule({
  id: 'compose/host-network',
  severity: 'warning',
  over: 'service',
  claim: 'No service uses the network of the host.',
  check: (service) => {
    if (service.definition['network_mode'] !== 'host') return [];
    return [
      {
        at: { file: service.at.file, pointer: [...(service.at.pointer ?? []), 'network_mode'] },
        message: `Service "${service.name}" is on the network of the host, so whatever it listens on is open there and no service reaches it by name`,
        hint: 'Put it into a network of the stack and publish what is needed',
        facts: { service: service.name },
        ...(service.product === 'node-exporter' ? { severity: 'info' as const } : {}),
      },
    ];
  },
});
