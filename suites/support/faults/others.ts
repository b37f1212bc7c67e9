import { eventually, messageOf, notStarted, type Service, type Standing, standingOf } from '../../../src/index.ts';
import { lab, run } from '../run.ts';

/** A service that nothing is done to, and how it stood before. */
export interface Bystander {
  readonly service: Service;
  readonly before: Standing;
}

/** Those of the stack's products that run and answer now, without some: what was broken before says nothing of a fault. */
export async function bystanders(struck: readonly Service[]): Promise<Bystander[]> {
  const candidates = run.stack.services.filter(
    (service) =>
      service.product !== undefined && lab().services[service.name] !== undefined && !struck.includes(service),
  );
  const standing = await Promise.all(
    candidates.map(async (service) => {
      const before = await standingOf(lab(), service.name);
      const silent = before.status === 'running' ? await silence(service) : before.status;
      return silent === undefined ? [{ service, before }] : [];
    }),
  );
  return standing.flat();
}

/** What is wrong with services that should go on, while a fault lasts or after it. */
export async function goneWrong(watched: readonly Bystander[], meanwhile: string): Promise<string[]> {
  const problems = await Promise.all(
    watched.map(async ({ service, before }) => {
      const wrong = await stillUp(service, before, 15_000).then(
        () => undefined,
        (problem: unknown) => messageOf(problem),
      );
      return wrong === undefined ? [] : [`${meanwhile}, service "${service.name}" did not go on: ${wrong}`];
    }),
  );
  return problems.flat();
}

async function stillUp(service: Service, before: Standing, within: number): Promise<void> {
  await eventually(
    `service "${service.name}" answers`,
    async () => {
      const now = await standingOf(lab(), service.name);
      if (now.startedAt !== before.startedAt) return { done: true, value: `it was started anew (${now.status})` };
      const silent = now.status === 'running' ? await silence(service) : now.status;
      return silent === undefined ? { done: true, value: undefined } : { done: false, seen: silent };
    },
    { within },
  ).then((wrong) => {
    if (wrong !== undefined) throw new Error(wrong);
  });
}

/** As often as this nothing is started again that will come up by itself: the engine waits twice as long each time. */
const inVain = 6;

/** Waits until a service answers by its own measure. @returns milliseconds since `start` */
export async function answersAgain(service: Service, start: number): Promise<number> {
  const { restarts: before } = await standingOf(lab(), service.name);
  const wrong = await eventually(
    `service "${service.name}" answers again`,
    async () => {
      const { status, restarts } = await standingOf(lab(), service.name);
      const silent = status === 'running' ? await silence(service) : `status ${status}`;
      if (silent === undefined) return { done: true, value: undefined };
      return restarts - before >= inVain ? { done: true, value: silent } : { done: false, seen: silent };
    },
    { within: 120_000, every: 100 },
  );
  if (wrong !== undefined) throw new Error(`service "${service.name}" is started again and again in vain: ${wrong}`);
  return Date.now() - start;
}

/** Why a service does not answer; undefined where it does. */
export async function silence(service: Service): Promise<string | undefined> {
  try {
    return await notStarted(lab(), run.stack, service);
  } catch (problem) {
    return messageOf(problem);
  }
}
