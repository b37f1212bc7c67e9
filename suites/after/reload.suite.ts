import { type ReloadSubject, reloadSubjects } from '../../src/index.ts';
import { type Found, proveOneByOne } from '../support/prove.ts';
import { refuses, takesOver } from '../support/reload/configuration.ts';
import { keepsOld, showsChange } from '../support/reload/dashboards.ts';
import { OutOfReach } from '../support/reload/swap.ts';
import { leftOut, run, shutDoor } from '../support/run.ts';

async function look(subject: ReloadSubject): Promise<Found> {
  const isGrafana = subject.product === 'grafana';
  const absent = leftOut(subject.service) ?? (isGrafana ? undefined : await shutDoor(subject.service));
  if (absent !== undefined) return { unknown: absent };
  const change = isGrafana ? showsChange : takesOver;
  const defect = isGrafana ? keepsOld : refuses;
  try {
    return await (subject.about === 'takes over a change' ? change : defect)(subject);
  } catch (problem) {
    if (problem instanceof OutOfReach) return { unknown: problem.message };
    throw problem;
  }
}

proveOneByOne('reload', reloadSubjects(run.stack), look);
