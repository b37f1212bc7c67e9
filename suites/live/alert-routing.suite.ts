import { alertSubjects, nothingElse } from '../../src/index.ts';
import { proveLive } from '../support/prove.ts';
import { arrived, onlyExpected } from '../support/routing/arrived.ts';
import { run } from '../support/run.ts';

const alerts = alertSubjects(run.stack);

proveLive('alert-routing', alerts, arrived);
proveLive('alert-routing', alerts.length === 0 ? [] : [{ claim: nothingElse }], onlyExpected);
