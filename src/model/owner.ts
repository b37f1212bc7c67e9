import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who a lab belongs to: `host/pid/start/namespace`. A pid alone is given again, and means nothing in another container. */
export function ownerOf(pid: number = process.pid): string {
  return [hostname(), pid, startOf(pid), pidNamespace()].join('/');
}

/** Whether an owner was a process that this one could see and that has ended. Of any other nothing is known: it lives. */
export function isGone(owner: string): boolean {
  const [host, pid, start = '', namespace = ''] = owner.split('/');
  if (host !== hostname() || pid === undefined || !/^\d+$/.test(pid)) return false;
  if (namespace !== '' && namespace !== pidNamespace()) return false;
  return !isRunning(Number(pid)) || (start !== '' && startOf(Number(pid)) !== start);
}

/** Whether a process of this machine runs, whoever's it is. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (problem) {
    return !(problem instanceof Error && 'code' in problem && problem.code === 'ESRCH');
  }
}

/** When a process started, in the kernel's ticks (proc(5), field 22 of `stat`); empty where that cannot be told. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '';
  }
}
