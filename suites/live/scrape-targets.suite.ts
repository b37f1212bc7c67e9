import { jobSubjects } from '../../src/index.ts';
import { proveLive } from '../support/prove.ts';
import { run } from '../support/run.ts';
import { everyTargetUp } from '../support/scrape/targets.ts';

proveLive('scrape-targets', jobSubjects(run.stack), everyTargetUp);
