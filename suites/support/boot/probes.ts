import { type BootSubject, probeMemory, probeProcessors, sameBounds } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut } from '../run.ts';

/** In a container of the same bounds, half the memory limit can be taken, and who takes more is ended by the kernel. */
export async function memoryKills({ service }: BootSubject): Promise<Found> {
  const absent = leftOut(service.name);
  if (absent !== undefined) return { unknown: absent };
  const host = await sameBounds(lab(), service.name);
  const limit = host.Memory ?? 0;
  if (limit === 0) return { looked: 1, problems: [`the container of service "${service.name}" has no memory limit`] };
  const { bytes, free, half, over, kills } = await probeMemory(lab(), host);
  if (half !== 0) {
    const problem = `a program that takes ${size(limit / 2)} ends with ${half}, though the limit is ${size(limit)}`;
    return { looked: 1, problems: [problem] };
  }
  if (over === undefined)
    return { unknown: `to exceed the limit a probe would take ${size(bytes)} of the ${size(free)} this host has free` };
  if (over === 0) return { looked: 2, problems: [`a program took ${size(bytes)}, though the limit is ${size(limit)}`] };
  // 137: ended by SIGKILL, which nobody but the kernel sends there.
  if (over !== 137 && !kills)
    return {
      unknown: `a program that takes ${size(bytes)} ends with ${over}: something else than the limit stopped it`,
    };
  const note = `with the limit of ${size(limit)} a program can take ${size(limit / 2)}, and is killed where it takes ${size(bytes)}`;
  return { looked: 2, problems: [], note };
}

/** The seconds a busy host may need to give a probe as much as its limit. */
const patience = 120;

/** In a container of the same bounds, who wants more processors than the limit is held back by the kernel. */
export async function processorsThrottle({ service }: BootSubject): Promise<Found> {
  const absent = leftOut(service.name);
  if (absent !== undefined) return { unknown: absent };
  const host = await sameBounds(lab(), service.name);
  const limit = host.NanoCpus ? host.NanoCpus / 1e9 : (host.CpuQuota ?? 0) / (host.CpuPeriod ?? 100_000);
  if (!(limit > 0))
    return { looked: 1, problems: [`the container of service "${service.name}" has no processor limit`] };
  const { processors, throttled, periods } = await probeProcessors(lab(), host, limit, patience);
  if (limit >= processors) {
    const note = `the limit of ${limit} is all this host has (${processors}): nobody can exceed it`;
    return { looked: 1, problems: [], note };
  }
  if (throttled === 0)
    return {
      unknown: `this host is too busy: for ${patience} s a probe never got the ${limit} processors it is held to`,
    };
  return {
    looked: periods,
    problems: [],
    note: `held to ${limit} processors: throttled in ${throttled} of ${periods} periods`,
  };
}

function size(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MiB`;
}
