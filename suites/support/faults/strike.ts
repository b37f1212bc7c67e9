import {
  type Cable,
  connect,
  disconnect,
  eventually,
  type Fault,
  forgetConnections,
  freeze,
  goOn,
  isConnected,
  type Service,
  signalServices,
  standingOf,
  thaw,
} from '../../../src/index.ts';
import { lab } from '../run.ts';

/** A fault that was brought about: what it was for each service, and how it is lifted. */
export interface Struck {
  /** Why it could not be brought about, by service. */
  readonly failed: ReadonlyMap<string, string>;
  /** Services that stay down because nobody starts them again. */
  readonly down: ReadonlySet<string>;
  readonly lift: () => Promise<void>;
}

/** Brings a fault about at several services at once, and makes sure that it is there. */
export const strikes: Readonly<Record<Exclude<Fault, 'disk full'>, (services: readonly Service[]) => Promise<Struck>>> =
  {
    paused: async (services) => {
      const names = services.map(({ name }) => name);
      const still = await Promise.all(names.map((name) => freeze(lab(), name)));
      const moving = names.filter((_, index) => still[index] !== true);
      const failed = new Map(moving.map((name) => [name, 'neither the engine nor a signal makes it stand still']));
      return { failed, down: new Set(), lift: () => thaw(lab(), names) };
    },
    'cut from the network': async (services) => {
      const names = services.map(({ name }) => name);
      const cables: Cable[] = await disconnect(lab(), names);
      await forgetConnections(lab());
      const failed = new Map<string, string>();
      for (const name of names)
        if (await isConnected(lab(), name)) failed.set(name, 'the engine does not take it off its networks');
      return { failed, down: new Set(), lift: () => connect(lab(), cables) };
    },
    killed: crash,
    'restarts used up': async (services) => {
      const down = new Set<string>();
      const failed = new Map<string, string>();
      for (const service of services) {
        const { attempts } = await standingOf(lab(), service.name);
        for (let blow = 0; blow <= attempts && !down.has(service.name); blow += 1) {
          const one = await crash([service]);
          for (const [name, why] of one.failed) failed.set(name, why);
          for (const name of one.down) down.add(name);
        }
        if (!down.has(service.name)) failed.set(service.name, `it was started again more than ${attempts} times`);
      }
      return { failed, down, lift: () => lift(services) };
    },
  };

/** Ends the main processes, and waits until the engine has started each again or has given it up. */
async function crash(services: readonly Service[]): Promise<Struck> {
  const before = new Map(
    await Promise.all(services.map(async ({ name }) => [name, await standingOf(lab(), name)] as const)),
  );
  const ended = await signalServices(
    lab(),
    services.map(({ name }) => name),
    'KILL',
  );
  const failed = new Map<string, string>();
  const down = new Set<string>();
  await Promise.all(
    services.map(async ({ name }) => {
      if (!ended.has(name)) {
        failed.set(name, 'its main process cannot be ended from beside it');
        return;
      }
      const status = await eventually(
        `service "${name}" has ended or is started again`,
        async () => {
          const now = await standingOf(lab(), name);
          const settled = now.status === 'exited' || now.startedAt !== before.get(name)?.startedAt;
          return settled ? { done: true, value: now.status } : { done: false, seen: now.status };
        },
        { within: 60_000, every: 50 },
      );
      if (status === 'exited') down.add(name);
    }),
  );
  return { failed, down, lift: () => lift(services) };
}

async function lift(services: readonly Service[]): Promise<void> {
  await Promise.all(services.map(({ name }) => goOn(lab(), name)));
}
