import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';
import { byteSize } from '../../read/sizes.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { keyIn, placeIn } from '../support/places.ts';
import { isForSwarm } from '../support/swarm.ts';
import { isFilledIn } from './undeclared.ts';

/** Options that say one thing twice: compose refuses two different values (`can't set distinct values on …`). */
const twice: readonly (readonly [old: Pointer, now: Pointer])[] = [
  [['mem_limit'], ['deploy', 'resources', 'limits', 'memory']],
  [['mem_reservation'], ['deploy', 'resources', 'reservations', 'memory']],
  [['cpus'], ['deploy', 'resources', 'limits', 'cpus']],
  [['pids_limit'], ['deploy', 'resources', 'limits', 'pids']],
  [['scale'], ['deploy', 'replicas']],
];

/**
 * The checks that compose makes once a file has the right shape
 * (https://docs.docker.com/reference/compose-file/services/#network_mode, `#container_name`).
 */
export const conflictingOptions = defineRule({
  id: 'compose/conflicting-options',
  severity: 'error',
  over: 'service',
  claim: 'No service has two options that exclude each other.',
  check: (service, { stack }): FindingDraft[] => {
    if (isForSwarm(stack)) return [];
    const found = [...networks(service), ...ports(service), ...distinct(service), ...replicas(service)];
    return found.filter(({ at }) => !isFilledIn(stack, at));
  },
});

function networks(service: Service): FindingDraft[] {
  const { name, definition } = service;
  if (definition['network_mode'] == null || definition['networks'] == null) return [];
  return [
    {
      at: keyIn(service, 'network_mode'),
      message: `Service "${name}" has both "network_mode" and "networks", so compose refuses the file`,
      related: [{ at: keyIn(service, 'networks'), note: 'its networks' }],
      hint: 'Keep one of them',
      facts: { service: name, options: ['network_mode', 'networks'] },
    },
  ];
}

/** `conflicting options: port publishing and the container type network mode`: ports are of whoever has the network. */
function ports(service: Service): FindingDraft[] {
  const mode = textValue(service.definition, 'network_mode') ?? '';
  const [first] = service.ports;
  if (first === undefined || !/^(?:host$|service:|container:)/.test(mode)) return [];
  const isHost = mode === 'host';
  const follows = isHost ? 'so the engine drops the ports' : 'so the engine does not make its container';
  return [
    {
      at: keyIn(service, 'ports'),
      message: `Service "${service.name}" publishes ports and has "network_mode: ${mode}", ${follows}`,
      related: [{ at: keyIn(service, 'network_mode'), note: 'its network' }],
      hint: isHost ? 'Take "ports" away' : 'Publish the ports at the service that has the network',
      facts: { service: service.name, options: ['network_mode', 'ports'] },
      ...(isHost ? { severity: 'warning' as const } : {}),
    },
  ];
}

function distinct(service: Service): FindingDraft[] {
  return twice.flatMap(([old, now]) => {
    const [first, second] = [textValue(service.definition, ...old), textValue(service.definition, ...now)];
    if (first === undefined || second === undefined || amount(first) === amount(second)) return [];
    const options = [old.join('.'), now.join('.')];
    return [
      {
        at: placeIn(service, ...old),
        message: `Service "${service.name}" has "${options[0]}" of ${first} and "${options[1]}" of ${second}, so compose refuses the file`,
        related: [{ at: placeIn(service, ...now), note: 'the other value' }],
        hint: `Keep "${options[1]}" alone`,
        facts: { service: service.name, options },
      },
    ];
  });
}

function amount(text: string): number | string {
  return byteSize(text) ?? text;
}

/** A name and a port of the host can be had once: the second container does not start. */
function replicas(service: Service): FindingDraft[] {
  const { name, definition, containerName, ports } = service;
  const route = 'scale' in definition ? ['scale'] : ['deploy', 'replicas'];
  const count = Number(textValue(definition, ...route) ?? 1);
  const port = ports.find(({ host }) => host !== undefined);
  const single = containerName ?? (port === undefined ? undefined : { value: String(port.host), at: port.at });
  if (!(count > 1) || single === undefined) return [];
  const what = containerName === undefined ? `the port ${single.value} of the host` : `the name "${single.value}"`;
  const follows = containerName === undefined ? 'only the first one starts' : 'compose refuses the file';
  return [
    {
      at: placeIn(service, ...route),
      message: `Service "${name}" is to run ${count} times and has ${what}, so ${follows}`,
      related: [{ at: single.at, note: 'what only one container can have' }],
      hint: containerName === undefined ? 'Leave the port of the host to the engine' : 'Take "container_name" away',
      facts: { service: name, replicas: count },
    },
  ];
}
