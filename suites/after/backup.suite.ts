import { type BackupSubject, backupSubjects, isRemote, messageOf } from '../../src/index.ts';
import { fullDisk, interrupted, pruning } from '../support/backup/breaks-off.ts';
import { comesBack } from '../support/backup/comes-back.ts';
import { tidy } from '../support/backup/course.ts';
import { refuses } from '../support/backup/refuses.ts';
import { duties, type Found, proveOneByOne } from '../support/prove.ts';
import { leftOut, run } from '../support/run.ts';

proveOneByOne(backupSubjects(run.stack, run.repository), (subject) => look(subject).catch(unseen));

duties.push(tidy);

async function look(subject: BackupSubject): Promise<Found> {
  const { script } = subject;
  if (script.obstacle !== undefined) return { unknown: script.obstacle };
  if (isRemote())
    return { unknown: 'the engine is on another machine, and a script is run beside the lab only on this one' };
  const absent = script.saves.map(({ service }) => leftOut(service)).find((why) => why !== undefined);
  if (absent !== undefined) return { unknown: absent };
  if (subject.about === 'comes back') return comesBack(script, subject.volume);
  if (subject.about === 'refusal') return refuses(script, subject.spoiled);
  return { interrupted, pruning, 'full disk': fullDisk }[subject.about](script);
}

/** An engine that does not see the folders of this machine can be given none. */
function unseen(problem: unknown): Found {
  const words = messageOf(problem);
  if (/bind source path does not exist/.test(words))
    return { unknown: 'the engine does not see the folders of this machine, so no script can be run beside the lab' };
  throw problem;
}
