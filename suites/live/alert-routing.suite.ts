import { alertSubjects, groupingSubjects, inhibitionSubjects, nothingElse } from '../../src/index.ts';
import { proveLive } from '../support/prove.ts';
import { arrived, onlyExpected } from '../support/routing/arrived.ts';
import { grouped } from '../support/routing/groups.ts';
import { mutes } from '../support/routing/mutes.ts';
import { run } from '../support/run.ts';

const alerts = alertSubjects(run.stack);

proveLive(alerts, arrived);
proveLive(inhibitionSubjects(run.stack), mutes);
proveLive(groupingSubjects(run.stack), grouped);
proveLive(alerts.length === 0 ? [] : [{ claim: nothingElse }], onlyExpected);
