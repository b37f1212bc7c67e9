import { type BootSubject, bootSubjects } from '../../src/index.ts';
import { boundAsWritten } from '../support/boot/bounds.ts';
import { filesAsProved } from '../support/boot/files.ts';
import { runsWell } from '../support/boot/running.ts';
import { type Found, proveLive } from '../support/prove.ts';
import { run } from '../support/run.ts';

const looks: Record<BootSubject['about'], (subject: BootSubject) => Promise<Found>> = {
  runs: runsWell,
  'limits and security': boundAsWritten,
  'mounted files': filesAsProved,
};

proveLive('boot', bootSubjects(run.stack), (subject) => looks[subject.about](subject));
