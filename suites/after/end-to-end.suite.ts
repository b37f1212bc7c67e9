import { deathSubjects, unwatched } from '../../src/index.ts';
import { heardOf } from '../support/end-to-end/heard-of.ts';
import { proveOneByOne } from '../support/prove.ts';
import { run } from '../support/run.ts';

proveOneByOne('end-to-end', deathSubjects(run.stack), heardOf);
proveOneByOne('end-to-end', unwatched(run.stack), async () => ({
  unknown: 'no alert fires for certain when a target of a scrape job dies, so nothing shows that a message comes',
}));
