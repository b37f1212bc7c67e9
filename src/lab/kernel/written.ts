import type { Service } from '../../model/stack.ts';
import { list, mapping, text } from '../render/json.ts';
import { capabilityProblems } from './capabilities.ts';
import type { CgroupBounds } from './cgroup.ts';
import type { KernelView } from './view.ts';

/** What a compose file says that the kernel has to hold. */
export interface WrittenBounds {
  readonly bounds: CgroupBounds;
  readonly capAdd: readonly string[];
  readonly capDrop: readonly string[];
  /** Where they are written as numbers: a name is looked up in the image. */
  readonly uid?: number;
  readonly gid?: number;
  readonly noNewPrivileges: boolean;
  readonly readOnlyRoot: boolean;
}

/**
 * The bounds of a service as its compose file has them.
 * @param processors the limit as the lab may give it: the engine refuses more than the host has
 */
export function writtenBounds(service: Service, processors: number | undefined): WrittenBounds {
  const { definition, limits, reservations } = service;
  const deployed = mapping(mapping(mapping(definition['deploy'])?.['resources'])?.['limits'])?.['pids'];
  const pids = Number(deployed ?? definition['pids_limit'] ?? 0);
  const [uid, gid] = (service.user?.value ?? '').split(':').map(numbered);
  return {
    bounds: {
      ...(limits.memory === undefined ? {} : { memory: limits.memory.value }),
      ...(reservations.memory === undefined ? {} : { reservation: reservations.memory.value }),
      ...(processors === undefined || processors === 0 ? {} : { processors }),
      ...(pids > 0 ? { pids } : {}),
    },
    capAdd: list(definition['cap_add']).flatMap((name) => text(name) ?? []),
    capDrop: list(definition['cap_drop']).flatMap((name) => text(name) ?? []),
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
    noNewPrivileges: service.securityOptions.some(({ value }) => /^no-new-privileges([:=]true)?$/.test(value)),
    readOnlyRoot: service.readOnly?.value ?? false,
  };
}

function numbered(word: string | undefined): number | undefined {
  return word !== undefined && /^\d+$/.test(word) ? Number(word) : undefined;
}

/** The kernel counts memory in pages and processor time in microseconds of a period. */
const page = 65_536;

/** Where the kernel holds a process to something else than what is written; and how many things were compared. */
export function kernelProblems(written: WrittenBounds, seen: KernelView): { looked: number; problems: string[] } {
  const compared: readonly (readonly [
    what: string,
    wanted: number | undefined,
    seen: number | undefined,
    unit: number,
  ])[] = [
    ['memory limit in bytes', written.bounds.memory, seen.bounds.memory, page],
    ['memory reservation in bytes', written.bounds.reservation, seen.bounds.reservation, page],
    ['processors', written.bounds.processors, seen.bounds.processors, 0.01],
    ...(written.bounds.pids === undefined
      ? []
      : [['number of processes', written.bounds.pids, seen.bounds.pids, 1] as const]),
    ...(written.uid === undefined ? [] : [['user', written.uid, seen.process.uid, 1] as const]),
    ...(written.gid === undefined ? [] : [['group', written.gid, seen.process.gid, 1] as const]),
  ];
  const flags: readonly (readonly [what: string, wanted: boolean, seen: boolean])[] = [
    ['no-new-privileges', written.noNewPrivileges, seen.process.noNewPrivileges],
    ['a read-only root', written.readOnlyRoot, seen.readOnlyRoot],
  ];
  return {
    looked: compared.length + flags.length + 1,
    problems: [
      ...compared
        .filter(([, wanted, now, unit]) => !close(wanted, now, unit))
        .map(
          ([what, wanted, now]) =>
            `${what}: the compose file says ${said(wanted)}, the kernel holds it to ${said(now)}`,
        ),
      ...flags
        .filter(([, wanted, now]) => wanted && !now)
        .map(([what]) => `${what}: the compose file asks for it, the kernel does not hold the process to it`),
      ...capabilityProblems(written.capAdd, written.capDrop, seen.process),
    ],
  };
}

function close(wanted: number | undefined, seen: number | undefined, unit: number): boolean {
  if (wanted === undefined || seen === undefined) return wanted === seen;
  return Math.abs(wanted - seen) < unit;
}

function said(value: number | undefined): string {
  return value === undefined ? 'nothing' : String(value);
}
