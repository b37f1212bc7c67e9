import { mailSubjects } from '../../src/index.ts';
import { mailed } from '../support/mail-faults/mailed.ts';
import { proveOneByOne } from '../support/prove.ts';
import { run } from '../support/run.ts';

proveOneByOne(mailSubjects(run.stack), mailed);
