import { type BootSubject, kernelProblems, kernelView, writtenBounds } from '../../../src/index.ts';
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
  const seen = await kernelView(lab(), service.name);
  if ('unseen' in seen) return { unknown: seen.unseen };
  return kernelProblems(writtenBounds(service, Number(processors(service))), seen);
}
