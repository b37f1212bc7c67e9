import { posix } from 'node:path';
import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import { type Mount, repoPathOf, type Service } from '../../model/stack.ts';
import { kindAt, type Tree } from '../../model/tree.ts';
import { flagValue } from '../../read/flags.ts';
import { containerPath } from '../../read/paths.ts';
import { isMapping } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { isIgnored } from '../support/ignored.ts';

/** Places where the images keep certificates of their own. */
const ofTheImage = /^\/(?:etc\/ssl|etc\/pki|usr)\//;

/**
 * A `_file` key is read when a message is sent: a file that is not in the container makes every one fail
 * (https://prometheus.io/docs/alerting/0.26/configuration/#receiver-integration-settings). Paths of HTTP clients are relative to the
 * configuration's folder, the others to where the program runs.
 */
export const missingSecretFile = defineRule({
  id: 'alertmanager/missing-secret-file',
  severity: 'error',
  over: 'alertmanager',
  claim: 'Every file that a key of the configuration names is in the container of Alertmanager.',
  check: ({ file, value, service: name }, { stack, repository: { tree } }) => {
    const service = stack.services.find((one) => one.name === name);
    if (file === undefined || service === undefined) return [];
    const folder = posix.dirname(flagValue(service, 'config.file')?.value || '/etc/alertmanager/alertmanager.yml');
    return filesBelow(value, []).flatMap(({ key, path, pointer, ofClient }): FindingDraft[] => {
      const whole = containerPath(ofClient ? folder : workingFolder(service), path);
      const wrong = problemOf(tree, service, whole);
      if (wrong === undefined) return [];
      return [
        {
          at: { file, pointer },
          ...(wrong.sure ? {} : { severity: 'warning' as const }),
          message: `"${path}" in "${key}" ${wrong.what}, so what needs it is not sent`,
          ...(wrong.mount === undefined ? {} : { related: [{ at: wrong.mount.at, note: 'what is mounted there' }] }),
          hint: 'Mount the file, best as a secret of the service, or name the one that is there',
          facts: { key, path: whole },
        },
      ];
    });
  },
});

interface NamedFile {
  readonly key: string;
  readonly path: string;
  readonly pointer: Pointer;
  readonly ofClient: boolean;
}

function filesBelow(value: unknown, at: Pointer): NamedFile[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => filesBelow(item, [...at, index]));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, held]): NamedFile[] => {
    const pointer = [...at, key];
    if (typeof held !== 'string') return filesBelow(held, pointer);
    const named = key.endsWith('_file') && held !== '' && !/[${]/.test(held);
    return named ? [{ key, path: held, pointer, ofClient: at.includes('http_config') }] : [];
  });
}

function workingFolder({ definition }: Service): string {
  const written = definition['working_dir'];
  return typeof written === 'string' ? written : '/alertmanager';
}

interface Problem {
  readonly what: string;
  readonly sure: boolean;
  readonly mount?: Mount;
}

function problemOf(tree: Tree, service: Service, path: string): Problem | undefined {
  const covering = service.mounts.filter(({ target }) => isUnder(path, target));
  const mount = covering.sort((a, b) => b.target.length - a.target.length)[0];
  if (mount === undefined) {
    const elsewhere = service.definition['build'] !== undefined || ofTheImage.test(path);
    return elsewhere ? undefined : { what: 'is mounted by nothing', sure: true };
  }
  if (mount.kind === 'tmpfs') return { what: 'lies in a tmpfs, which is empty at every start', sure: true, mount };
  const repoPath = mount.kind === 'bind' ? repoPathOf(service, path) : undefined;
  if (repoPath === undefined) return undefined;
  const kind = kindAt(tree, repoPath);
  if (kind === 'folder') return { what: `is the folder "${repoPath}"`, sure: true, mount };
  const source = kindAt(tree, mount.repoPath ?? '');
  // A source that is not there at all is a defect of the mount; what git ignores is only on the server.
  if (kind === 'file' || source === 'absent' || isIgnored(tree, repoPath)) return undefined;
  return { what: `is not in "${mount.repoPath ?? ''}", which is mounted there`, sure: false, mount };
}

function isUnder(path: string, target: string): boolean {
  const clean = target.replace(/\/+$/, '');
  return path === clean || path.startsWith(`${clean}/`);
}
