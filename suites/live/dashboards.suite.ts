import { dashboardSubjects, querySubjects } from '../../src/index.ts';
import { answers } from '../support/dashboards/answers.ts';
import { served } from '../support/dashboards/served.ts';
import { proveLive } from '../support/prove.ts';
import { run } from '../support/run.ts';

proveLive('dashboards', dashboardSubjects(run.stack), served);
proveLive('dashboards', querySubjects(run.stack), answers);
