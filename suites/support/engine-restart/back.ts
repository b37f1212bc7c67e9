import {
  countLosses,
  type EngineSubject,
  goOn,
  messageOf,
  reachAgain,
  restartEngine,
  type Service,
  standingOf,
  strangersBeside,
} from '../../../src/index.ts';
import { answersAgain, type Bystander, bystanders } from '../faults/others.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run } from '../run.ts';
import { targetsUp, targetsUpAgain } from './targets.ts';

/** What a container with one of these is started again for when the engine comes back, whatever it ended with. */
const comeBack = ['always', 'unless-stopped'];

let restarted: Promise<ReadonlyMap<string, Found>> | undefined;

/** What became of one service when the engine was restarted; the restart comes with the first case. */
export async function comesBack({ service }: EngineSubject, command: string): Promise<Found> {
  const absent = leftOut(service.name);
  if (absent !== undefined) return { unknown: absent };
  restarted ??= restart(command);
  return (await restarted).get(service.name) ?? { unknown: 'it did not answer before the engine was restarted' };
}

async function restart(command: string): Promise<ReadonlyMap<string, Found>> {
  const watched = await bystanders([]);
  const all = (found: Found): ReadonlyMap<string, Found> =>
    new Map(watched.map(({ service }) => [service.name, found]));
  const strangers = await strangersBeside(lab());
  if (strangers.length > 0)
    return all({ unknown: `the engine runs other containers too, and is left alone: ${strangers.join(', ')}` });
  const counts = await Promise.all(watched.map(({ service }) => countLosses(lab(), run.stack, service)));
  const up = await targetsUp(watched.map(({ service }) => service));
  try {
    await restartEngine(command);
    await reachAgain(lab());
  } catch (problem) {
    return all({ unknown: messageOf(problem) });
  }
  const start = Date.now();
  const back = await Promise.all(watched.map((one) => backOf(one, start)));
  const gone = watched.flatMap(({ service }, index) => (back[index]?.problem === undefined ? [] : [service]));
  const found = watched.map(async ({ service }, index): Promise<readonly [string, Found]> => {
    const { problem, note = '' } = back[index] ?? {};
    if (problem !== undefined) return [service.name, { looked: 1, problems: [problem] }];
    const { looked, problems } = await targetsUpAgain(service, up.get(service.name) ?? [], gone);
    const lost = (await counts[index]?.()) ?? [];
    const told = [note, ...(lost.length > 0 ? [`lost: ${lost.join(', ')}`] : [])].join('; ');
    return [service.name, { looked: 1 + looked, problems, note: told }];
  });
  return new Map(await Promise.all(found));
}

/** Whether a service answers again, by itself or, where its restart policy does not bring it back, started by hand. */
async function backOf({ service, before }: Bystander, start: number): Promise<{ problem?: string; note?: string }> {
  try {
    const hand = !comeBack.includes(before.policy) && (await isDown(service));
    if (hand) await goOn(lab(), service.name);
    const seconds = `${((await answersAgain(service, start)) / 1_000).toFixed(1)} s`;
    const now = await standingOf(lab(), service.name);
    const how = now.startedAt === before.startedAt ? 'it ran on' : `restart policy "${before.policy}"`;
    return { note: hand ? `stayed down (${how}); started by hand it answered` : `${how}, answered after ${seconds}` };
  } catch (problem) {
    const words = messageOf(problem);
    return { problem: `the engine came back, and it did not (restart policy "${before.policy}"): ${words}` };
  }
}

async function isDown({ name }: Service): Promise<boolean> {
  return (await standingOf(lab(), name)).status === 'exited';
}
