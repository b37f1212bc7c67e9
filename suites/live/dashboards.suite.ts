import {
  dashboardSubjects,
  grafanaSubjects,
  librarySubjects,
  querySubjects,
  variableSubjects,
} from '../../src/index.ts';
import { answers } from '../support/dashboards/answers.ts';
import { libraryThere } from '../support/dashboards/library.ts';
import { nothingElse, served } from '../support/dashboards/served.ts';
import { fillable } from '../support/dashboards/variables.ts';
import { proveLive } from '../support/prove.ts';
import { run } from '../support/run.ts';

const { stack } = run;

proveLive(
  [
    ...dashboardSubjects(stack).map((subject) => ({ claim: subject.claim, look: () => served(subject) })),
    ...grafanaSubjects(stack).map((subject) => ({ claim: subject.claim, look: () => nothingElse(subject) })),
    ...variableSubjects(stack).map((subject) => ({ claim: subject.claim, look: () => fillable(subject) })),
    ...querySubjects(stack).map((subject) => ({ claim: subject.claim, look: () => answers(subject) })),
    ...librarySubjects(stack).map((subject) => ({ claim: subject.claim, look: () => libraryThere(subject) })),
  ],
  ({ look }) => look(),
);
