import { deathSubjects, unwatched } from '../../src/index.ts';
import { heardOf } from '../support/end-to-end/heard-of.ts';
import { proveOneByOne } from '../support/prove.ts';
import { run } from '../support/run.ts';

proveOneByOne(deathSubjects(run.stack), heardOf);
proveOneByOne(unwatched(run.stack), async () => ({
  unknown: 'no alert fires for certain when a target of a scrape job dies, so nothing shows that a message comes',
}));
