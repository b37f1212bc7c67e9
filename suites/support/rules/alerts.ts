import {
  type AlertRuleSubject,
  type AlertVerdict,
  alertRuleSubjects,
  alertsUnderTest,
  inShard,
  proveAlerts,
  readShard,
  testRules,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run } from '../run.ts';

/** By unit tests at its own durations, run by the promtool of the stack's own image. */
export async function firesAndStaysSilent({ claim, service }: AlertRuleSubject): Promise<Found> {
  const absent = leftOut(service);
  if (absent !== undefined) return { unknown: absent };
  const verdict = (await tested(service)).get(claim.id);
  if (verdict === undefined) throw new Error('no test was made of it');
  const { unknown, looked, problems, note } = verdict;
  if (unknown !== undefined) return { unknown };
  return { looked, problems, ...(note === undefined ? {} : { note }) };
}

type Verdict = Pick<AlertVerdict, 'looked' | 'problems' | 'unknown' | 'note'>;
type Verdicts = ReadonlyMap<string, Verdict>;

const testing = new Map<string, Promise<Verdicts>>();
const shard = readShard(process.env['STACKPROOF_SHARD'] ?? '');

/** All alerts of a server are tested together: a run of promtool has its price. */
function tested(service: string): Promise<Verdicts> {
  const known = testing.get(service) ?? test(service);
  testing.set(service, known);
  return known;
}

async function test(service: string): Promise<Verdicts> {
  const config = run.stack.prometheus.find((one) => one.service === service);
  if (config === undefined) throw new Error(`"${service}" has no configuration`);
  const claims = new Map(alertRuleSubjects(run.stack).map(({ claim, rule }) => [rule, claim.id]));
  const mine = alertsUnderTest(run.stack, config).flatMap((one) => {
    const claim = claims.get(one.rule) ?? '';
    return shard === undefined || inShard(shard, claim) ? [{ ...one, claim }] : [];
  });
  const readable = mine.filter((one) => 'under' in one);
  const verdicts = await proveAlerts(
    readable.map(({ under }) => under),
    (files, tests) => testRules(lab(), service, files, tests),
  );
  const found = new Map<string, Verdict>();
  for (const { claim, unreadable } of mine.filter((one) => 'unreadable' in one))
    found.set(claim, { looked: 0, problems: [], unknown: unreadable });
  for (const [index, { claim }] of readable.entries()) {
    const verdict = verdicts[index];
    if (verdict !== undefined) found.set(claim, verdict);
  }
  return found;
}
