import { type BootSubject, bootSubjects } from '../../src/index.ts';
import { boundAsWritten } from '../support/boot/bounds.ts';
import { filesAsProved } from '../support/boot/files.ts';
import { heldByKernel } from '../support/boot/kernel.ts';
import { logsNoError } from '../support/boot/log.ts';
import { memoryKills, processorsThrottle } from '../support/boot/probes.ts';
import { runsWell } from '../support/boot/running.ts';
import { type Found, proveLive } from '../support/prove.ts';
import { run } from '../support/run.ts';

const looks: Record<BootSubject['about'], (subject: BootSubject) => Promise<Found>> = {
  runs: runsWell,
  'logs no unexpected error': logsNoError,
  'limits and security': boundAsWritten,
  'held by the kernel': heldByKernel,
  'mounted files': filesAsProved,
  'memory limit kills': memoryKills,
  'processor limit throttles': processorsThrottle,
};

proveLive(bootSubjects(run.stack), (subject) => looks[subject.about](subject));
