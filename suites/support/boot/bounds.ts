import { type BootSubject, containerState, plainCapability, type Service, writtenBounds } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut } from '../run.ts';

/** Memory, processors, capabilities, user and security options of the container are those of the compose file. */
export async function boundAsWritten({ service }: BootSubject): Promise<Found> {
  const absent = leftOut(service.name);
  if (absent !== undefined) return { unknown: absent };
  if (service.privileged?.value === true) {
    return { unknown: `service "${service.name}" is privileged, which a lab never grants` };
  }
  const state = await containerState(lab(), service.name);
  const { bounds, capAdd, capDrop } = writtenBounds(service, service.limits.cpus?.value);
  const written: readonly (readonly [what: string, wanted: string, seen: string])[] = [
    ['memory limit in bytes', String(service.limits.memory?.value ?? 0), String(state.memory)],
    ['processors', processors(service), String(state.nanoCpus / 1e9)],
    ['memory reservation in bytes', String(bounds.reservation ?? 0), String(state.memoryReservation)],
    ...(bounds.pids === undefined
      ? []
      : [['number of processes', String(bounds.pids), String(state.pidsLimit)] as const]),
    ['added capabilities', capabilities(capAdd), capabilities(state.capAdd)],
    ['dropped capabilities', capabilities(capDrop), capabilities(state.capDrop)],
    ['read-only root', String(service.readOnly?.value ?? false), String(state.readOnly)],
    ['privileged', 'false', String(state.privileged)],
    [
      'security options',
      options(service.securityOptions.map((option) => option.value)),
      options(state.securityOptions),
    ],
    ...(service.user === undefined ? [] : [['user', service.user.value, state.user] as const]),
  ];
  return {
    looked: written.length,
    problems: written
      .filter(([, wanted, seen]) => wanted !== seen)
      .map(([what, wanted, seen]) => `${what}: the compose file says ${wanted}, the container has ${seen}`),
  };
}

/** A host with fewer processors than the limit gives what it has; the list of differences says so. */
export function processors(service: Service): string {
  const places = ['cpus', 'deploy.resources.limits.cpus'].map((place) => `services.${service.name}.${place}`);
  const fewer = lab().differences.find((one) => places.includes(one.what) && one.to !== '');
  return fewer?.to ?? String(service.limits.cpus?.value ?? 0);
}

/**
 * `no-new-privileges` and `no-new-privileges:true` are the same; the order says nothing; `label:disable` is the engine's
 * own addition for a container that shares a namespace of the host.
 */
function options(list: readonly string[]): string {
  const normal = list
    .map((option) => option.replace('=', ':').replace(/^no-new-privileges$/, 'no-new-privileges:true'))
    .filter((option) => option !== 'label:disable');
  return normal.length === 0 ? 'none' : normal.sort().join(', ');
}

function capabilities(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map(plainCapability).sort().join(', ');
}
