import { jobSubjects, labelSubjects, metricSubjects } from '../../src/index.ts';
import { proveLive } from '../support/prove.ts';
import { run } from '../support/run.ts';
import { labelsExpected } from '../support/scrape/labels.ts';
import { metricsKept } from '../support/scrape/metrics.ts';
import { everyTargetUp } from '../support/scrape/targets.ts';

const { stack } = run;

proveLive(
  [
    ...jobSubjects(stack).map((subject) => ({ claim: subject.claim, look: () => everyTargetUp(subject) })),
    ...labelSubjects(stack).map((subject) => ({ claim: subject.claim, look: () => labelsExpected(subject) })),
    ...metricSubjects(stack).map((subject) => ({ claim: subject.claim, look: () => metricsKept(subject) })),
  ],
  ({ look }) => look(),
);
