import { faultSubjects } from '../../src/index.ts';
import { startTwins, survivesFullDisk } from '../support/faults/full.ts';
import { survives } from '../support/faults/wave.ts';
import { proveOneByOne } from '../support/prove.ts';
import { run } from '../support/run.ts';

const subjects = faultSubjects(run.stack);
let begun = false;

proveOneByOne(subjects, (subject) => {
  if (!begun) startTwins(subjects);
  begun = true;
  return subject.fault === 'disk full' ? survivesFullDisk(subject) : survives(subject, subjects);
});
