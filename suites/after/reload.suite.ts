import { type ReloadSubject, reloadSubjects } from '../../src/index.ts';
import { type Found, proveOneByOne } from '../support/prove.ts';
import { refuses, takesOver } from '../support/reload/configuration.ts';
import { keepsOld, showsChange } from '../support/reload/dashboards.ts';
import { keepsSources, takesOverSource } from '../support/reload/sources.ts';
import { OutOfReach } from '../support/reload/swap.ts';
import { leftOut, run, shutDoor } from '../support/run.ts';

const looks: Record<ReloadSubject['about'], (subject: ReloadSubject) => Promise<Found>> = {
  'takes over a change': (subject) => (subject.product === 'grafana' ? showsChange : takesOver)(subject),
  'refuses what is broken': (subject) => (subject.product === 'grafana' ? keepsOld : refuses)(subject),
  'takes over a data source': takesOverSource,
  'refuses broken data sources': keepsSources,
};

async function look(subject: ReloadSubject): Promise<Found> {
  const absent =
    leftOut(subject.service) ?? (subject.product === 'grafana' ? undefined : await shutDoor(subject.service));
  if (absent !== undefined) return { unknown: absent };
  try {
    return await looks[subject.about](subject);
  } catch (problem) {
    if (problem instanceof OutOfReach) return { unknown: problem.message };
    throw problem;
  }
}

proveOneByOne(reloadSubjects(run.stack), look);
