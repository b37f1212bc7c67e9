import type { LabAddress } from '../../model/lab.ts';
import { containerOf } from '../services/containers.ts';
import { signalServices } from './signal.ts';

/** How a container stands, as far as a fault can change it. */
export interface Standing {
  readonly status: string;
  readonly startedAt: string;
  readonly restarts: number;
  /** `no`, `always`, `unless-stopped`, or `on-failure` with a number of attempts, 0 for any. */
  readonly policy: string;
  readonly attempts: number;
}

/** How a service's container stands. */
export async function standingOf(lab: LabAddress, service: string): Promise<Standing> {
  const { State: state, RestartCount: restarts, HostConfig: host } = await (await containerOf(lab, service)).inspect();
  return {
    status: state.Status,
    startedAt: state.StartedAt,
    restarts,
    policy: host.RestartPolicy?.Name || 'no',
    attempts: host.RestartPolicy?.MaximumRetryCount ?? 0,
  };
}

/**
 * Freezes the processes of a service. Where the engine cannot (on a busy host with control groups of version 1 not all
 * threads freeze in its time: https://github.com/opencontainers/runc/issues/2773), the main process alone is stopped.
 * @returns whether it stands still
 */
export async function freeze(lab: LabAddress, service: string): Promise<boolean> {
  const container = await containerOf(lab, service);
  try {
    await container.pause();
    return true;
  } catch {
    return (await signalServices(lab, [service], 'STOP')).has(service);
  }
}

/** Lets a service go on, frozen or ended; one that runs is left alone. */
export async function goOn(lab: LabAddress, service: string): Promise<void> {
  const container = await containerOf(lab, service);
  const { State: state } = await container.inspect();
  if (state.Paused) await container.unpause();
  else if (!state.Running) await container.start();
}

/** Lets services go on that were frozen, whichever way. */
export async function thaw(lab: LabAddress, services: readonly string[]): Promise<void> {
  const states = await Promise.all(
    services.map(async (service) => ({ service, paused: (await standingOf(lab, service)).status === 'paused' })),
  );
  const stopped = states.filter(({ paused }) => !paused).map(({ service }) => service);
  if (stopped.length > 0) await signalServices(lab, stopped, 'CONT');
  await Promise.all(states.filter(({ paused }) => paused).map(({ service }) => goOn(lab, service)));
}
