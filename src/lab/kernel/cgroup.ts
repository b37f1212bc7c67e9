/** What the kernel bounds a container to; a bound that is absent is none. */
export interface CgroupBounds {
  /** Bytes. */
  readonly memory?: number;
  /** Bytes that are kept for it where memory runs short. */
  readonly reservation?: number;
  /** Number of processors. */
  readonly processors?: number;
  /** Number of processes. */
  readonly pids?: number;
}

/** The text of a file of the kernel, or undefined where it cannot be read. */
export type KernelFile = (path: string) => Promise<string | undefined>;

type Controller = 'memory' | 'cpu' | 'pids';

/** Above this a limit of version 1 is none: the kernel answers the largest multiple of its page size. */
const unlimited = 2 ** 60;

/**
 * The folder of a controller for a process, by the mounts of whoever reads and the process's `cgroup` file
 * (cgroups(7), proc(5)). Version 1 has a hierarchy for each controller, version 2 one for all; a host may have both.
 */
export function cgroupFolder(
  mountinfo: string,
  membership: string,
  controller: Controller,
): { readonly version: 1 | 2; readonly folder: string } | undefined {
  const mounts = mountinfo.split('\n').flatMap((line) => {
    const [head = '', tail = ''] = line.split(' - ');
    const [, , , root = '/', point = ''] = head.split(' ');
    const [type = '', , options = ''] = tail.split(' ');
    // Through its mount of the whole host cAdvisor sees the groups of others as well.
    return type.startsWith('cgroup') && point.startsWith('/sys/fs/cgroup')
      ? [{ root, point, type, options: options.split(',') }]
      : [];
  });
  const groups = membership
    .split('\n')
    .map((line) => /^\d+:([^:]*):(.*)$/.exec(line))
    .flatMap((match) => (match === null ? [] : [{ controllers: (match[1] ?? '').split(','), path: match[2] ?? '' }]));
  const own = groups.find((group) => group.controllers.includes(controller));
  // What is mounted last lies over the others: cAdvisor's container has the host's /sys over its own.
  const first = mounts.findLast((mount) => mount.type === 'cgroup' && mount.options.includes(controller));
  if (own !== undefined && first !== undefined)
    return { version: 1, folder: `${first.point}${below(first.root, own.path)}` };
  const unified = groups.find((group) => group.controllers.join() === '');
  const second = mounts.findLast((mount) => mount.type === 'cgroup2');
  if (unified === undefined || second === undefined) return undefined;
  return { version: 2, folder: `${second.point}${below(second.root, unified.path)}` };
}

/** The part of a group's path below the folder that is mounted. */
function below(root: string, path: string): string {
  const rest = root === '/' ? path : path.startsWith(root) ? path.slice(root.length) : path;
  return rest === '/' ? '' : rest;
}

/**
 * Reads what a process is bounded to. The files are those of the kernel's documentation:
 * https://docs.kernel.org/admin-guide/cgroup-v1/memory.html, https://docs.kernel.org/scheduler/sched-bwc.html and
 * https://docs.kernel.org/admin-guide/cgroup-v2.html.
 * @returns undefined where the group of a controller cannot be read
 */
export async function cgroupBounds(
  read: KernelFile,
  mountinfo: string,
  membership: string,
): Promise<CgroupBounds | undefined> {
  const places = (['memory', 'cpu', 'pids'] as const).map((one) => cgroupFolder(mountinfo, membership, one));
  const [memory, cpu, pids] = places;
  if (memory === undefined || cpu === undefined) return undefined;
  const old = memory.version === 1;
  const [limit, reservation, processors, processes] = await Promise.all([
    read(`${memory.folder}/${old ? 'memory.limit_in_bytes' : 'memory.max'}`),
    read(`${memory.folder}/${old ? 'memory.soft_limit_in_bytes' : 'memory.low'}`),
    cpu.version === 1
      ? Promise.all([read(`${cpu.folder}/cpu.cfs_quota_us`), read(`${cpu.folder}/cpu.cfs_period_us`)]).then((texts) =>
          texts.includes(undefined) ? undefined : texts.map((text) => text?.trim()).join(' '),
        )
      : read(`${cpu.folder}/cpu.max`),
    pids === undefined ? undefined : read(`${pids.folder}/pids.max`),
  ]);
  // An empty answer is none: the group has just been left, or its text was cut off.
  if (!limit?.trim() || !processors?.trim()) return undefined;
  const bytes = (text: string | undefined): number | undefined => {
    const value = Number(text?.trim());
    return Number.isFinite(value) && value > 0 && value < unlimited ? value : undefined;
  };
  return defined({
    memory: bytes(limit),
    reservation: bytes(reservation),
    processors: quota(processors),
    pids: bytes(processes),
  });
}

/** `QUOTA PERIOD` in microseconds; `max` and -1 are no limit. */
function quota(text: string): number | undefined {
  const [wanted = '', period = ''] = text.trim().split(/\s+/);
  const share = Number(wanted) / Number(period);
  return Number.isFinite(share) && share > 0 ? share : undefined;
}

function defined(bounds: Record<keyof CgroupBounds, number | undefined>): CgroupBounds {
  return Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined));
}
