import { capabilitiesIn } from './capabilities.ts';

/** What the kernel says of a container's process. */
export interface ProcessView {
  /** Effective user and group. */
  readonly uid: number;
  readonly gid: number;
  readonly noNewPrivileges: boolean;
  readonly bounding: readonly string[];
  readonly effective: readonly string[];
}

/** Reads `/proc/PID/status` (proc(5)); undefined where it lacks what is looked for. */
export function processView(status: string): ProcessView | undefined {
  const field = (name: string): string | undefined => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1];
  const second = (name: string): number => Number(field(name)?.split(/\s+/)[1]);
  const [uid, gid] = [second('Uid'), second('Gid')];
  const [bounding, effective] = [field('CapBnd'), field('CapEff')];
  if (Number.isNaN(uid) || Number.isNaN(gid) || bounding === undefined || effective === undefined) return undefined;
  return {
    uid,
    gid,
    noNewPrivileges: field('NoNewPrivs')?.trim() === '1',
    bounding: capabilitiesIn(bounding),
    effective: capabilitiesIn(effective),
  };
}

/** Whether the root of a process's file systems is mounted read-only; undefined where its mounts do not say. */
export function rootReadOnly(mountinfo: string): boolean | undefined {
  const roots = mountinfo.split('\n').flatMap((line) => {
    const [, , , , point, options] = line.split(' ');
    return point === '/' && options !== undefined ? [options.split(',')] : [];
  });
  // Later mounts lie over earlier ones.
  return roots.at(-1)?.includes('ro');
}

/** Whether ids inside the process's user namespace are those outside it (user_namespaces(7)). */
export function sameIds(uidMap: string): boolean {
  return /^\s*0\s+0\s+4294967295\s*$/.test(uidMap);
}
