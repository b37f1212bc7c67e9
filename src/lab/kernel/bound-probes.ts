import type { LabAddress } from '../../model/lab.ts';
import { type HostConfig, runProbe } from '../probe.ts';
import { containerOf } from '../services/containers.ts';

/** The bounds of a service's container, as the engine has them: a probe with the same is bounded the same way. */
export async function sameBounds(lab: LabAddress, service: string): Promise<HostConfig> {
  const { HostConfig: host } = await (await containerOf(lab, service)).inspect();
  const { Memory, MemorySwap, MemoryReservation, NanoCpus, CpuQuota, CpuPeriod, CpusetCpus } = host;
  const bounds = { Memory, MemorySwap, MemoryReservation, NanoCpus, CpuQuota, CpuPeriod, CpusetCpus };
  return Object.fromEntries(Object.entries(bounds).filter(([, value]) => value));
}

/** What became of a program that took half of its container's memory, and of one that took more than all. */
export interface MemoryProbe {
  /** Bytes the second program was to take, and what the engine's host has free. */
  readonly bytes: number;
  readonly free: number;
  /** Exit codes; the second is absent where the host is too small to try. */
  readonly half: number;
  readonly over?: number;
  /** How often the kernel says it ended a process of the group for want of memory; absent on an old kernel. */
  readonly kills?: number;
}

/**
 * One block is read into memory, so the size of the block is what the program takes; one read fills at most 2 GiB
 * (read(2), "NOTES"). Swap counts where the host has some: only then does the kernel give more than the limit.
 */
const takeMemory = `
limit=$1 swapped=$2 surplus=33554432 most=2147479552
free=$(awk '/^MemAvailable:/ { printf "%.0f", $2 * 1024 }' /proc/meminfo)
swap=$(awk '/^SwapTotal:/ { printf "%.0f", $2 * 1024 }' /proc/meminfo)
bytes=$((limit + surplus))
[ "$swap" -gt 0 ] && [ "$swapped" -gt "$limit" ] && bytes=$((swapped + surplus))
[ "$swap" -gt 0 ] && [ "$swapped" -lt 0 ] && bytes=$((limit + swap + surplus))
echo "free $free"
echo "bytes $bytes"
dd if=/dev/zero of=/dev/null bs=$((limit / 2 < most ? limit / 2 : most)) count=1 2>/dev/null; echo "half $?"
if [ "$bytes" -le "$most" ] && [ "$bytes" -le $((free / 2)) ]; then
  dd if=/dev/zero of=/dev/null bs="$bytes" count=1 2>/dev/null; echo "over $?"
fi
cat /sys/fs/cgroup/memory/memory.oom_control /sys/fs/cgroup/memory.events 2>/dev/null
exit 0`;

/** Lets programs take memory in a container of the given bounds. @throws Error where the probe does not say what became of it */
export async function probeMemory(lab: LabAddress, host: HostConfig): Promise<MemoryProbe> {
  const args = [String(host.Memory ?? 0), String(host.MemorySwap ?? 0)];
  const { output } = await runProbe(lab, { script: takeMemory, args, host });
  const over = numberAfter(output, 'over');
  const kills = numberAfter(output, 'oom_kill');
  return {
    bytes: certain(output, 'bytes'),
    free: certain(output, 'free'),
    half: certain(output, 'half'),
    ...(over === undefined ? {} : { over }),
    ...(kills === undefined ? {} : { kills }),
  };
}

/** How a container was held back that wanted more processors than it may have. */
export interface ProcessorProbe {
  /** Processors it could have without the limit. */
  readonly processors: number;
  /** Periods in which it was held back, of all in which it ran. */
  readonly throttled: number;
  readonly periods: number;
}

/** Loops run until the kernel has held them back once, at most as long as is said. */
const takeProcessors = `
thousandths=$1 seconds=$2
stat=/sys/fs/cgroup/cpu.stat
for place in /sys/fs/cgroup/cpu /sys/fs/cgroup/cpu,cpuacct; do [ -e "$place/cpu.stat" ] && stat="$place/cpu.stat"; done
all=$(nproc)
echo "processors $all"
loops=$((thousandths / 1000 + 1))
i=0; while [ $((all * 1000)) -gt "$thousandths" ] && [ "$i" -le "$loops" ]; do (while :; do :; done) & i=$((i + 1)); done
end=$(($(date +%s) + seconds))
while [ "$i" -gt 0 ] && [ "$(date +%s)" -lt "$end" ] && grep -q '^nr_throttled 0$' "$stat"; do :; done
cat "$stat"
exit 0`;

/**
 * Runs busy loops in a container of the given bounds, unless it may have all processors there are.
 * @param seconds how long they may last at most
 * @throws Error where the probe does not say what became of it
 */
export async function probeProcessors(
  lab: LabAddress,
  host: HostConfig,
  limit: number,
  seconds: number,
): Promise<ProcessorProbe> {
  const args = [String(Math.round(limit * 1_000)), String(seconds)];
  const { output } = await runProbe(lab, { script: takeProcessors, args, host, within: (seconds + 30) * 1_000 });
  return {
    processors: certain(output, 'processors'),
    throttled: certain(output, 'nr_throttled'),
    periods: certain(output, 'nr_periods'),
  };
}

function certain(output: string, name: string): number {
  const value = numberAfter(output, name);
  if (value === undefined) throw new Error(`the probe does not say "${name}": ${output.trim().slice(0, 300)}`);
  return value;
}

function numberAfter(output: string, name: string): number | undefined {
  const digits = new RegExp(`^${name} (\\d+)$`, 'm').exec(output)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
