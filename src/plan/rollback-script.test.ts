import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const script = resolve(import.meta.dirname, '../../plans/monitoring-consolidation/files/rollback-monitoring.sh');
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const stack = 'infrastructure/monitoring';

interface Place {
  readonly checkout: string;
  /** What the server has at DEPLOY_PATH. */
  readonly server: string;
  readonly backups: string;
  readonly run: (cwd: string, program: string, ...args: string[]) => { code: number | null; text: string };
  /** The calls of `docker`, each with the compose file that it saw. */
  readonly calls: () => string[];
}

/**
 * A checkout with the configuration of two commits, and a server that has the second. `ssh` runs its command here, and
 * `docker` notes which compose file it was called with: git, tar and the shell are the real ones.
 */
function place(docker = ''): Place {
  const root = mkdtempSync(join(tmpdir(), 'stackproof-rollback-'));
  folders.push(root);
  const [checkout, server, backups, bin] = ['checkout', 'server', 'backups', 'bin'].map((name) => join(root, name)) as [
    string,
    string,
    string,
    string,
  ];
  for (const folder of [checkout, server, backups, bin]) mkdirSync(folder);
  const program = (name: string, text: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\nset -eu\n${text}`);
    chmodSync(join(bin, name), 0o755);
  };
  program('ssh', `echo "$1" >>"${root}/hosts"\nshift\nexec sh -c "$*"\n`);
  program('docker', `echo "$(head -n 1 docker-compose.yml) $*" >>"${root}/calls"\n${docker}`);
  const run: Place['run'] = (cwd, name, ...args) => {
    const { status, stdout, stderr } = spawnSync(name, args, {
      cwd,
      encoding: 'utf8',
      env: {
        PATH: `${bin}:${process.env['PATH']}`,
        HOME: root,
        DEPLOY_PATH: server,
        BACKUP_DIR: backups,
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'a@example.com',
        GIT_COMMITTER_NAME: 'a',
        GIT_COMMITTER_EMAIL: 'a@example.com',
      },
    });
    return { code: status, text: `${stdout}${stderr}` };
  };
  const commit = (text: string): void => {
    write(checkout, `${stack}/docker-compose.yml`, text);
    run(checkout, 'git', 'add', '--all');
    run(checkout, 'git', 'commit', '--quiet', '--message', text);
  };
  run(checkout, 'git', 'init', '--quiet', '--initial-branch=master');
  commit('# before\n');
  write(checkout, `${stack}/new.yml`, 'new\n');
  commit('# after\n');
  write(server, `${stack}/docker-compose.yml`, '# after\n');
  write(server, `${stack}/unversioned.yml`, 'of the server\n');
  mkdirSync(join(server, stack, 'scripts'));
  copyFileSync(script, join(server, stack, 'scripts/rollback-monitoring.sh'));
  const calls = (): string[] =>
    existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trimEnd().split('\n') : [];
  return { checkout, server, backups, run, calls };
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const textOf = (folder: string, path: string): string => readFileSync(join(folder, stack, path), 'utf8');
const downAndUp = ['# after compose down --remove-orphans', '# before compose up -d', '# before compose ps'];

describe('the quick rollback', () => {
  it('reverts the commit and starts the stack with the configuration before it', () => {
    const { checkout, server, run, calls } = place();
    const { code, text } = run(checkout, script, 'quick', 'HEAD');
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('is reverted') });
    expect(textOf(checkout, 'docker-compose.yml')).toBe('# before\n');
    expect(run(checkout, 'git', 'log', '-1', '--format=%s').text).toContain('Revert');
    expect(textOf(server, 'docker-compose.yml')).toBe('# before\n');
    expect(textOf(server, 'unversioned.yml')).toBe('of the server\n');
    expect(calls()).toEqual(downAndUp);
    expect(readdirSync(server)).toEqual(['infrastructure']);
  });

  it.for([
    ['no such commit', 'nope', ''],
    ['changes in the checkout', 'HEAD', 'mine\n'],
  ])('stops nothing: %s', ([, commit, mine], { expect }) => {
    const { checkout, run, calls } = place();
    if (mine !== '') write(checkout, `${stack}/docker-compose.yml`, mine ?? '');
    const { code, text } = run(checkout, script, 'quick', commit ?? '');
    expect(code).toBe(1);
    expect(text).toContain('nothing was changed');
    expect(calls()).toEqual([]);
  });
});

describe('the full rollback', () => {
  const there = `${stack}/scripts/rollback-monitoring.sh`;

  it.for([
    ['the deployment wrote', '.', stack],
    ['stackproof wrote', '', '.'],
  ])('replaces the folder by the one in the newest archive that %s', ([, member, at], { expect }) => {
    const { checkout, server, backups, run, calls } = place();
    run(checkout, 'git', 'checkout', '--quiet', 'HEAD~1');
    const made = join(backups, 'pre-migration-1.tar.gz');
    if (member === '.') run(checkout, 'tar', '-czf', made, '-C', at ?? '', '.');
    else run(checkout, 'tar', '-czf', made, '--transform', 's,^,repository/,', stack);
    const { code, text } = run(server, join(server, there), 'full');
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining(`as in ${made}`) });
    expect(readdirSync(join(server, stack))).toEqual(['docker-compose.yml']);
    expect(textOf(server, 'docker-compose.yml')).toBe('# before\n');
    expect(calls()).toEqual(downAndUp);
    expect(readdirSync(join(server, 'infrastructure'))).toEqual(['monitoring']);
    const kept = readdirSync(backups).find((name) => name.startsWith('pre-rollback-'));
    expect(run(backups, 'tar', '-tzf', kept ?? '').text).toContain('./unversioned.yml');
  });

  it.for<[string, (at: Place, file: string) => void, string]>([
    ['no archive', () => undefined, 'there is no pre-migration-*.tar.gz'],
    ['an empty one', (_, file) => writeFileSync(file, ''), 'or empty'],
    ['a damaged one', (_, file) => writeFileSync(file, 'no gzip\n'), 'cannot be read'],
    [
      'another one',
      ({ run, checkout }, file) => run(checkout, 'tar', '-czf', file, '.git/HEAD'),
      'holds no docker-compose',
    ],
  ])('stops nothing: %s', ([, make, message], { expect }) => {
    const at = place();
    make(at, join(at.backups, 'pre-migration-1.tar.gz'));
    const { code, text } = at.run(at.server, join(at.server, there), 'full');
    expect({ code, text }).toMatchObject({ code: 1, text: expect.stringContaining(message) });
    expect(text).toContain('nothing was changed');
    expect(at.calls()).toEqual([]);
    expect(textOf(at.server, 'docker-compose.yml')).toBe('# after\n');
    expect(readdirSync(join(at.server, 'infrastructure'))).toEqual(['monitoring']);
  });

  it('does not say that it is done where the stack does not come up', () => {
    const { checkout, server, backups, run } = place('case "$*" in *up*) echo no such image >&2; exit 1 ;; esac\n');
    run(checkout, 'tar', '-czf', join(backups, 'pre-migration-1.tar.gz'), '-C', stack, '.');
    const { code, text } = run(server, join(server, there), 'full');
    expect(code).not.toBe(0);
    expect(text).toContain('no such image');
    expect(text).not.toContain('is as in');
    expect(readdirSync(backups).some((name) => name.startsWith('pre-rollback-'))).toBe(true);
  });

  it('is not begun without knowing which', () => {
    const { server, run, calls } = place();
    for (const args of [[], ['quick'], ['fast']]) expect(run(server, join(server, there), ...args).code).toBe(1);
    expect(calls()).toEqual([]);
  });
});
