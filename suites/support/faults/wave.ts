import {
  countLosses,
  type Fault,
  type FaultSubject,
  forgetConnections,
  goOn,
  type LossCount,
  messageOf,
  standingOf,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run } from '../run.ts';
import { answersAgain, bystanders, goneWrong } from './others.ts';
import { strikes } from './strike.ts';

type Blow = Exclude<Fault, 'disk full'>;

const waves = new Map<string, Promise<ReadonlyMap<string, Found>>>();

/** What became of one service under one fault; the whole wave comes with the first of its cases. */
export async function survives(subject: FaultSubject, all: readonly FaultSubject[]): Promise<Found> {
  const absent = leftOut(subject.service.name);
  if (absent !== undefined) return { unknown: absent };
  const members = all.filter((one) => one.wave === subject.wave && leftOut(one.service.name) === undefined);
  const running = waves.get(subject.wave) ?? breakOver(members);
  waves.set(subject.wave, running);
  const found = (await running).get(subject.service.name);
  return found ?? { unknown: `nothing was seen of service "${subject.service.name}"` };
}

/** Strikes all services of a wave at once, watches the others, lifts the fault, and waits until all answer again. */
async function breakOver(members: readonly FaultSubject[]): Promise<ReadonlyMap<string, Found>> {
  const services = members.map(({ service }) => service);
  const fault = members[0]?.fault;
  if (fault === undefined || fault === 'disk full') return new Map();
  const watched = await bystanders(services);
  const before = new Map(
    await Promise.all(services.map(async ({ name }) => [name, await standingOf(lab(), name)] as const)),
  );
  const counts = new Map<string, LossCount>(
    await Promise.all(
      services.map(async (service) => [service.name, await countLosses(lab(), run.stack, service)] as const),
    ),
  );
  const start = Date.now();
  const { failed, down, lift } = await strikes[fault](services).catch(async (problem: unknown) => {
    await Promise.all(services.map(({ name }) => goOn(lab(), name).catch(() => undefined)));
    throw problem;
  });
  const meanwhile = `while ${services.map(({ name }) => `"${name}"`).join(', ')} ${services.length > 1 ? 'were' : 'was'} ${words[fault]}`;
  const wrong = await goneWrong(watched, meanwhile).finally(lift);
  const lifted = Date.now();
  await forgetConnections(lab());
  const found = await Promise.all(
    services.map(async (service): Promise<readonly [string, Found]> => {
      const reason = failed.get(service.name);
      if (reason !== undefined) return [service.name, { unknown: reason }];
      const policy = before.get(service.name)?.policy ?? 'no';
      const isDown = down.has(service.name);
      const problems = [...wrong];
      // A policy that is used up, or none, is no reason to come back.
      if (fault === 'killed' && isDown && policy !== 'no')
        problems.push(`its restart policy is "${policy}", and it was not started again`);
      const since = isDown || fault !== 'killed' ? lifted : start;
      const took = await answersAgain(service, since).catch((problem: unknown) => {
        problems.push(messageOf(problem));
        return undefined;
      });
      const lost = took === undefined ? [] : await (counts.get(service.name)?.() ?? []);
      const note = [...told(fault, isDown, policy, took), ...(lost.length > 0 ? [`lost: ${lost.join(', ')}`] : [])];
      return [service.name, { looked: watched.length + 1, problems, note: note.join('; ') }];
    }),
  );
  const after = await goneWrong(watched, `after ${services.map(({ name }) => `"${name}"`).join(', ')} came back`);
  return new Map(
    found.map(([name, one]) => [name, 'unknown' in one ? one : { ...one, problems: [...one.problems, ...after] }]),
  );
}

const words: Readonly<Record<Blow, string>> = {
  paused: 'paused',
  'cut from the network': 'cut from the network',
  killed: 'killed',
  'restarts used up': 'ended again and again',
};

function told(fault: Blow, isDown: boolean, policy: string, took: number | undefined): string[] {
  if (took === undefined) return [];
  const seconds = `${(took / 1_000).toFixed(1)} s`;
  if (isDown) return [`stayed down (restart policy "${policy}"); started by hand it answered after ${seconds}`];
  return [
    fault === 'killed'
      ? `started again by its policy "${policy}", answered ${seconds} after its end`
      : `answered ${seconds} after the fault was lifted`,
  ];
}
