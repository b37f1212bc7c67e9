import { readFileSync, writeSync } from 'node:fs';
import { type ApplyRequest, applyPlan } from '../../src/apply/apply.ts';
import { rollback } from '../../src/apply/rollback.ts';
import { changeTree, type TreeFile } from '../../src/model/tree.ts';
import { probed } from './probe.ts';

/**
 * A process that applies or rolls back and kills itself at one place: `step NAME COUNT` or `call COUNT`, counted from 1;
 * `never` leaves that to others. It says when it begins, and how it ended.
 */
const [, , verb, repo = '', file = '', kind = 'never', first = '', second = ''] = process.argv;
const die = (): void => process.kill(process.pid, 'SIGKILL') && undefined;
let calls = 0;
let steps = 0;
const outside = probed(
  (_, act) => {
    calls += 1;
    if (kind === 'call' && calls === Number(first)) die();
    return act();
  },
  (name) => {
    if (kind !== 'step' || name !== first) return;
    steps += 1;
    if (steps === Number(second)) die();
  },
);

interface RequestFile extends Omit<ApplyRequest, 'repo' | 'candidate' | 'now'> {
  readonly now: string;
  readonly files: readonly (Omit<TreeFile, 'bytes'> & { readonly base64: string })[];
}

const asked: RequestFile = JSON.parse(readFileSync(file, 'utf8'));
const put = asked.files.map(({ base64, ...entry }) => ({ ...entry, bytes: Buffer.from(base64, 'base64') }));
const candidate = changeTree({ origin: 'file', files: new Map() }, { put });
writeSync(1, 'begins\n');
const done =
  verb === 'apply'
    ? applyPlan({ ...asked, repo, candidate, now: new Date(asked.now) }, outside)
    : rollback(repo, outside);
writeSync(1, JSON.stringify(done));
