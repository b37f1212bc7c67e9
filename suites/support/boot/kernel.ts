import { type BootSubject, eventually, kernelProblems, kernelView, writtenBounds } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut } from '../run.ts';
import { processors } from './bounds.ts';
import { comesUp } from './running.ts';

/** The kernel holds the running process to what the compose file says: its control group, user and capabilities. */
export async function heldByKernel({ service }: BootSubject): Promise<Found> {
  const absent = leftOut(service.name);
  if (absent !== undefined) return { unknown: absent };
  if (service.privileged?.value === true)
    return { unknown: `service "${service.name}" is privileged, which a lab never grants` };
  const fate = await comesUp(service);
  if (fate !== undefined) return { looked: 1, problems: [fate] };
  const written = writtenBounds(service, Number(processors(service)));
  let last: Found = { unknown: 'the kernel was not asked' };
  // Bounds do not change by themselves, but a look may fall into the moment in which a process is replaced.
  await eventually(
    `the kernel holds service "${service.name}"`,
    async () => {
      const seen = await kernelView(lab(), service.name);
      last = 'unseen' in seen ? { unknown: seen.unseen } : kernelProblems(written, seen);
      const sound = 'problems' in last && last.problems.length === 0;
      return sound ? { done: true, value: true } : { done: false, seen: 'otherwise than written' };
    },
    { within: 3_000 },
  ).catch(() => undefined);
  return last;
}
