import { isGone } from '../model/owner.ts';
import type { Dockerode } from './dockerode.ts';
import { eventually } from './eventually.ts';

/** Label that every container, network and volume of a lab carries. */
export const labLabel = 'stackproof.lab';
/** Label with the process that owns a lab, as `ownerOf` writes it. */
export const ownerLabel = 'stackproof.owner';

/** Label with the file that describes the run a lab was booted for. */
export const runLabel = 'stackproof.run';

/** Removes what the named project left: containers, then networks and volumes. Nothing without our label is touched. */
export async function sweepProject(docker: Dockerode, project: string): Promise<void> {
  await sweep(docker, [`${labLabel}=${project}`]);
}

/**
 * Removes the remains of runs that were killed: everything with our label whose owner is a process of this host that
 * does not run any more. Labs of living runs, and of other hosts, are left alone.
 * @returns the projects that were swept.
 */
export async function sweepAbandoned(docker: Dockerode): Promise<string[]> {
  const containers = await docker.listContainers({ all: true, filters: JSON.stringify({ label: [labLabel] }) });
  const networks = await docker.listNetworks({ filters: JSON.stringify({ label: [labLabel] }) });
  const volumes = (await docker.listVolumes({ filters: JSON.stringify({ label: [labLabel] }) })).Volumes ?? [];
  const abandoned = new Set<string>();
  for (const { Labels: labels } of [...containers, ...networks, ...volumes]) {
    const project = labels?.[labLabel];
    const owner = labels?.[ownerLabel];
    if (project !== undefined && owner !== undefined && isGone(owner)) abandoned.add(project);
  }
  for (const project of abandoned) await sweepProject(docker, project);
  return [...abandoned].sort();
}

async function sweep(docker: Dockerode, labels: string[]): Promise<void> {
  const filters = JSON.stringify({ label: labels });
  const containers = await docker.listContainers({ all: true, filters });
  await Promise.all(
    containers.map(({ Id: id }) => gone(() => docker.getContainer(id).remove({ force: true, v: true }))),
  );
  const networks = await docker.listNetworks({ filters });
  await Promise.all(networks.map(({ Id: id }) => gone(() => docker.getNetwork(id).remove())));
  const { Volumes: volumes } = await docker.listVolumes({ filters });
  await Promise.all(
    (volumes ?? []).map(({ Name: name }) => gone(() => docker.getVolume(name).remove({ force: true }))),
  );
}

/**
 * Removes a thing, and waits while it is in use: another run may sweep the same remains, and the engine lets a network
 * or a volume go only when the last container is off it. A thing that is not there is what the sweep wants.
 */
async function gone(remove: () => Promise<unknown>): Promise<void> {
  await eventually(
    'what a lab left can be removed',
    async () => {
      try {
        await remove();
      } catch (problem) {
        const status = problem instanceof Error && 'statusCode' in problem ? problem.statusCode : undefined;
        if (status !== 404)
          return { done: false, seen: problem instanceof Error ? problem.message.trim() : String(problem) };
      }
      return { done: true, value: true };
    },
    { within: 20_000 },
  );
}
