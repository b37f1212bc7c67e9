import { type FaultSubject, fillDisk, messageOf, readyAddress, standingOf, startTwin } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run } from '../run.ts';

/** More than any product writes before it is ready, and little enough for the memory of a small host. */
const volumeSize = 32 * 1_048_576;

const running = new Map<string, Promise<Found>>();

/** Starts the twins of all services, side by side and beside what is done to the lab: they have nothing to do with it. */
export function startTwins(subjects: readonly FaultSubject[]): void {
  for (const subject of subjects.filter(({ fault }) => fault === 'disk full')) {
    const found = fill(subject).catch((problem: unknown): Found => {
      return { unknown: `no twin can be filled: ${messageOf(problem)}` };
    });
    running.set(subject.service.name, found);
  }
}

/**
 * With its volumes full a service goes on answering, or ends and has a restart policy that starts it again (what it maps
 * into memory ends a process when the disk has no page for it); when there is space again it answers. Told of a twin.
 */
export async function survivesFullDisk({ service }: FaultSubject): Promise<Found> {
  const absent = leftOut(service.name);
  if (absent !== undefined) return { unknown: absent };
  return (await running.get(service.name)) ?? { unknown: 'its twin was never started' };
}

async function fill({ service }: FaultSubject): Promise<Found> {
  const absent = leftOut(service.name);
  if (absent !== undefined) return { unknown: absent };
  const path = /^https?:\/\/[^/]*:(\d+.*)$/.exec(readyAddress(lab(), run.stack, service))?.[1] ?? '';
  const twin = await startTwin(lab(), service.name, volumeSize);
  try {
    if (twin.volumes.size === 0) return { unknown: `service "${service.name}" has no volume of its own in the lab` };
    const { started, left, answers, questions, after, running: lives, errors } = await fillDisk(lab(), twin, path);
    if (!started)
      return {
        unknown: `a second container of service "${service.name}" does not come up on volumes of ${volumeSize} bytes`,
      };
    if (left > 65_536) return { unknown: `its volumes could not be filled: ${left} bytes are left` };
    const { policy } = await standingOf(lab(), service.name);
    const answered = `answered ${answers} of ${questions} times with its volumes full`;
    const ended = lives ? '' : `; its process ended, and answers again once it is started (restart policy "${policy}")`;
    return {
      looked: questions + 2,
      problems: [
        ...(lives && answers < questions ? [answered] : []),
        ...(lives || policy !== 'no'
          ? []
          : ['its process ended while its volumes were full, and nothing starts it again']),
        ...(after ? [] : ['it does not answer though there is space again']),
      ],
      note: `${answered}; ${errors} errors in its log${ended}`,
    };
  } finally {
    await twin.remove();
  }
}
