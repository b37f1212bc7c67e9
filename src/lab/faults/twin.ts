import type { LabAddress } from '../../model/lab.ts';
import type { Dockerode } from '../dockerode.ts';
import { engineClient } from '../engine.ts';
import { labLabels } from '../probe.ts';
import { type Container, containerOf } from '../services/containers.ts';

type State = Awaited<ReturnType<Container['inspect']>>;

/** A second container of a service, with small volumes of its own, on a network where it is alone. */
export interface Twin {
  readonly container: Container;
  /** Its volumes by where it mounts them. */
  readonly volumes: ReadonlyMap<string, string>;
  readonly remove: () => Promise<void>;
}

/**
 * Starts a twin of a service: the same image, command, environment, user, bounds and files. Its volumes live in memory
 * and hold as much as is said, so that one can be full without the host's disk being touched
 * (https://docs.docker.com/engine/storage/drivers/ has no quota for every host; `tmpfs` of the local driver has:
 * https://docs.docker.com/reference/cli/docker/volume/create/#driver-specific-options).
 */
export async function startTwin(lab: LabAddress, service: string, bytes: number): Promise<Twin> {
  const docker = await engineClient();
  const state = await (await containerOf(lab, service)).inspect();
  const labels = labLabels(state.Config.Labels);
  const name = `${lab.project}-twin-${service}`;
  const made: (() => Promise<unknown>)[] = [];
  const remove = async (): Promise<void> => {
    for (const undo of made.toReversed()) await undo().catch(() => undefined);
  };
  try {
    const network = await docker.createNetwork({ Name: name, Driver: 'bridge', Internal: true, Labels: labels });
    made.push(() => network.remove());
    const volumes = new Map<string, string>();
    for (const [index, mount] of volumesOf(state).entries()) {
      const volume = `${name}-${index}`;
      const DriverOpts = { type: 'tmpfs', device: 'tmpfs', o: `size=${bytes}` };
      await docker.createVolume({ Name: volume, Driver: 'local', DriverOpts, Labels: labels });
      made.push(() => docker.getVolume(volume).remove());
      volumes.set(mount, volume);
    }
    const container = await docker.createContainer(twinOf(state, service, name, labels, volumes));
    made.push(() => container.remove({ force: true, v: true }));
    await container.start();
    return { container, volumes, remove };
  } catch (problem) {
    await remove();
    throw problem;
  }
}

/** Where a container keeps what it writes. */
function volumesOf(state: State): string[] {
  return state.Mounts.filter((mount) => mount.Type === 'volume' && mount.RW).map((mount) => mount.Destination);
}

function twinOf(
  { Config: config, HostConfig: host }: State,
  service: string,
  name: string,
  labels: Record<string, string>,
  volumes: ReadonlyMap<string, string>,
): Parameters<Dockerode['createContainer']>[0] {
  const { Image, Cmd, Entrypoint, Env, User, WorkingDir } = config;
  const own = (target: string): boolean => volumes.has(target);
  return {
    name,
    Image,
    Cmd,
    Env,
    User,
    WorkingDir,
    ...(Entrypoint === undefined ? {} : { Entrypoint }),
    Labels: labels,
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      ...host,
      Binds: [
        ...(host.Binds ?? []).filter((bind: string) => !own(bind.split(':')[1] ?? '')),
        ...[...volumes].map(([target, volume]) => `${volume}:${target}`),
      ],
      Mounts: (host.Mounts ?? []).filter(({ Target: target }) => !own(target)),
      NetworkMode: name,
      PortBindings: {},
      RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
    },
    NetworkingConfig: { EndpointsConfig: { [name]: { Aliases: [service] } } },
  };
}
