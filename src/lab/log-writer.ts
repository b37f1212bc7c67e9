import { posix } from 'node:path';
import type { Stack } from '../model/stack.ts';
import type { Dockerode } from './dockerode.ts';

/** The name of the container that writes lines, as a service of the lab's project. */
export const logWriterService = 'stackproof-log-writer';

/** The container that writes lines, and the folder on the engine's host in which the engine keeps its log. */
export interface LogWriter {
  readonly id: string;
  readonly folder: string;
}

/**
 * Starts the container whose log the lab's Promtail reads instead of everybody's, where the stack runs one. What is
 * written to its standard input it prints, and the engine logs it (`json-file`, below `DockerRootDir`, which a rootless
 * engine or `data-root` has elsewhere). It is started before the stack, because its id is part of what is mounted; it
 * carries the project's labels, so that `docker compose down` takes it away with the rest.
 */
export async function startLogWriter(
  docker: Dockerode,
  stack: Stack,
  lab: { readonly project: string; readonly image: string; readonly labels: Readonly<Record<string, string>> },
): Promise<LogWriter | undefined> {
  const ships = stack.services.some((service) => service.product === 'promtail' || service.product === undefined);
  if (!ships) return undefined;
  const container = await docker.createContainer({
    name: `${lab.project}-${logWriterService}-1`,
    Image: lab.image,
    Entrypoint: ['sh', '-c', 'echo "the log of the lab begins"; exec cat'],
    Cmd: [],
    OpenStdin: true,
    StopSignal: 'SIGKILL',
    User: '65534:65534',
    Labels: {
      ...lab.labels,
      'com.docker.compose.project': lab.project,
      'com.docker.compose.service': logWriterService,
      'com.docker.compose.container-number': '1',
      'com.docker.compose.oneoff': 'False',
      // Compose knows no container without one.
      'com.docker.compose.config-hash': lab.project,
    },
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      LogConfig: { Type: 'json-file', Config: {} },
    },
  });
  await container.start();
  const { DockerRootDir: root } = await docker.info();
  return { id: container.id, folder: posix.join(String(root), 'containers', container.id) };
}
