import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dockerode } from '../dockerode.ts';
import { labLabel } from '../sweep.ts';
import type { ScriptRequest } from './sandbox.ts';

/** Where the candidate's files are for the script. */
export const root = '/repository';
const own = '/stackproof';

/** Writes what the script's container needs of ours: its first process and what stands for `docker`. */
export function writeTools(folder: string): void {
  const source = fileURLToPath(new URL('../standins/script', import.meta.url));
  mkdirSync(join(folder, 'bin'));
  for (const file of ['docker.ts', 'runner.ts']) copyFileSync(join(source, file), join(folder, 'bin', file));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  // Nobody has more rights here than another.
  writeFileSync(join(folder, 'bin', 'sudo'), '#!/bin/sh\nwhile [ "${1#-}" != "$1" ]; do shift; done\nexec "$@"\n', {
    mode: 0o755,
  });
  for (const name of ['docker', 'docker-compose'])
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\nexec ${nodeInside} ${own}/bin/docker.ts "$0" "$@"\n`, {
      mode: 0o755,
    });
}

/** Programs of this host, where it is what the engine runs on: a script is run by what runs it in earnest. */
const programs =
  platform() === 'linux'
    ? ['/usr', '/bin', '/sbin', '/lib', '/lib64', '/etc/alternatives'].filter((path) => existsSync(path))
    : [];
const nodeInside = programs.length > 0 ? `${own}-node` : 'node';

/** The container a script runs in: the programs of this host, the candidate, the folder of archives, and nothing else. */
export function containerOf(
  image: string,
  tools: string,
  archives: string,
  { candidate, script, words, folder, room }: ScriptRequest,
  labels: Readonly<Record<string, string>>,
): Parameters<Dockerode['createContainer']>[0] {
  const bind = (source: string, target: string, readOnly = true) => ({
    Type: source.startsWith('/') ? ('bind' as const) : ('volume' as const),
    Source: source,
    Target: target,
    ReadOnly: readOnly,
  });
  return {
    name: `${labels[labLabel]}-script-${randomBytes(3).toString('hex')}`,
    Image: image,
    Entrypoint: [nodeInside, `${own}/bin/runner.ts`, folder, room === 0 ? 'fill' : '', `${root}/${script}`, ...words],
    Cmd: [],
    User: `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`,
    WorkingDir: root,
    Env: [
      `PATH=${own}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
      'HOME=/tmp',
      'LC_ALL=C.UTF-8',
    ],
    Labels: { ...labels },
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      Tmpfs: { '/tmp': 'mode=1777' },
      Mounts: [
        ...programs.map((path) => bind(path, path)),
        ...(programs.length > 0 ? [bind(process.execPath, nodeInside)] : []),
        bind(candidate, root),
        bind(tools, own, false),
        bind(archives, folder, false),
      ],
    },
  };
}
