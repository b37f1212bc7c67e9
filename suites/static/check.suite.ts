import { roomProblems, staticClaims } from '../../src/index.ts';
import { proveStatic } from '../support/prove.ts';
import { run } from '../support/run.ts';

const subjects = staticClaims(run.repository, run.stack).map((claim) => ({ claim }));

proveStatic(subjects, async ({ claim }) => roomProblems(run, claim.subject));
