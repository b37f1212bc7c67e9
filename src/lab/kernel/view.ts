import { readFile } from 'node:fs/promises';
import type { LabAddress } from '../../model/lab.ts';
import { containerOf, outputOf } from '../services/containers.ts';
import { type CgroupBounds, cgroupBounds, type KernelFile } from './cgroup.ts';
import { type ProcessView, processView, rootReadOnly, sameIds } from './process.ts';

/** What the kernel holds a running container to. */
export interface KernelView {
  readonly bounds: CgroupBounds;
  readonly process: ProcessView;
  readonly readOnlyRoot: boolean;
}

/**
 * Looks at the main process of a service as the kernel knows it: by this host's `/proc` where the engine runs here and
 * lets us look, else by a `cat` in the container, whose process has the same bounds, user and capabilities.
 * @returns why it cannot be told, where neither way leads there
 */
export async function kernelView(lab: LabAddress, service: string): Promise<KernelView | { readonly unseen: string }> {
  const container = await containerOf(lab, service);
  const { State: state } = await container.inspect();
  if (!state.Running) return { unseen: `service "${service}" does not run` };
  const here = await viewFrom(ownFile, `/proc/${state.Pid}`, container.id);
  if (here !== undefined) return here;
  const inside = await viewFrom((path) => outputOf(container, ['cat', path]), '/proc/self', undefined);
  return (
    inside ?? {
      unseen: `this host's /proc does not show the processes of service "${service}", and its image has no cat to ask`,
    }
  );
}

const ownFile: KernelFile = (path) => readFile(path, 'utf8').catch(() => undefined);

async function viewFrom(
  read: KernelFile,
  process: string,
  container: string | undefined,
): Promise<KernelView | undefined> {
  const files = ['/proc/self/mountinfo', `${process}/cgroup`, `${process}/mountinfo`, `${process}/status`];
  const [own, membership, mounts, status, ids] = await Promise.all([...files, `${process}/uid_map`].map(read));
  if (own === undefined || membership === undefined || mounts === undefined || status === undefined) return undefined;
  // Under the same number may run a process of another machine, or of another namespace.
  if (container !== undefined && (!membership.includes(container) || !sameIds(ids ?? ''))) return undefined;
  const bounds = await cgroupBounds(read, own, membership);
  const view = processView(status);
  const readOnlyRoot = rootReadOnly(mounts);
  if (bounds === undefined || view === undefined || readOnlyRoot === undefined) return undefined;
  return { bounds, process: view, readOnlyRoot };
}
