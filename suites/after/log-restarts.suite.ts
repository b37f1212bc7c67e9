import { logRestartSubjects } from '../../src/index.ts';
import { survives } from '../support/logs/made-anew.ts';
import { proveOneByOne } from '../support/prove.ts';
import { run } from '../support/run.ts';

proveOneByOne(logRestartSubjects(run.stack), survives);
