import { logJobSubjects, logSourceSubjects } from '../../src/index.ts';
import { delivers } from '../support/logs/delivered.ts';
import { shows } from '../support/logs/shown.ts';
import { proveLive } from '../support/prove.ts';
import { run } from '../support/run.ts';

proveLive(logJobSubjects(run.stack), delivers);
proveLive(logSourceSubjects(run.stack), shows);
