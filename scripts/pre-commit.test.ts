import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const home = join(import.meta.dirname, '..');
const found = spawnSync('pre-commit', ['--version'], { encoding: 'utf8' });
const missing = found.status === 0 ? undefined : 'the program pre-commit is not installed (Debian: pre-commit)';
const compose = 'monitoring/docker-compose.yml';
const defect =
  'services:\n  prometheus:\n    image: prom/prometheus:v2.47.0\n    volumes: ["./gone.yml:/etc/prometheus/prometheus.yml"]\n';

/**
 * The hook as it is shipped, run by the genuine pre-commit. Only its language is written over, as any configuration may do:
 * `node` would fetch our packages from outside, `system` takes the program from the path.
 */
describe('the hook under pre-commit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-pre-commit-'));
  const [hooks, repo, bin] = ['hooks', 'repository', 'bin'].map((name) => join(folder, name));
  const environment = {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env['PATH']}`,
    PRE_COMMIT_HOME: join(folder, 'home'),
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.org',
  };
  const git = (at: string | undefined, ...args: string[]): string =>
    execFileSync('git', args, { cwd: at, env: environment, encoding: 'utf8', stdio: 'pipe' }).trim();
  const commit = () => {
    const began = performance.now();
    const { status, stdout, stderr } = spawnSync('git', ['commit', '-qm', 'x'], {
      cwd: repo,
      env: environment,
      encoding: 'utf8',
    });
    return { status, said: `${stdout}${stderr}`, seconds: (performance.now() - began) / 1000 };
  };
  const write = (path: string, text: string): void => writeFileSync(join(repo ?? '', path), text);

  beforeAll(() => {
    if (missing !== undefined || hooks === undefined || repo === undefined || bin === undefined) return;
    for (const made of [hooks, repo, bin]) mkdirSync(made);
    copyFileSync(join(home, '.pre-commit-hooks.yaml'), join(hooks, '.pre-commit-hooks.yaml'));
    git(hooks, 'init', '-q');
    git(hooks, 'add', '-A');
    git(hooks, 'commit', '-qm', 'hooks');
    const program = join(bin, 'stackproof');
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(home, 'bin/stackproof.mjs')}" "$@"\n`);
    chmodSync(program, 0o755);
    cpSync(join(home, 'fixtures/stacks/healthy'), repo, { recursive: true });
    write(
      '.pre-commit-config.yaml',
      `repos:\n  - repo: ${hooks}\n    rev: ${git(hooks, 'rev-parse', 'HEAD')}\n    hooks: [{ id: stackproof, language: system }]\n`,
    );
    git(repo, 'init', '-q');
    execFileSync('pre-commit', ['install', '--install-hooks'], { cwd: repo, env: environment, stdio: 'pipe' });
    git(repo, 'add', '-A');
  });
  beforeEach(({ skip }) => {
    if (missing === undefined) return;
    process.stderr.write(`\nTHE HOOK IS UNKNOWN, not passed: ${missing}\n\n`);
    if (process.env['STACKPROOF_REQUIRE_LIVE'] === '1') throw new Error(missing);
    skip(missing);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('lets a healthy stack pass, and does not take long', () => {
    const { status, said, seconds } = commit();
    expect(status, said).toBe(0);
    expect(said).toMatch(/stackproof check\.+Passed/);
    process.stderr.write(`the first commit under pre-commit took ${seconds.toFixed(2)} s\n`);
    expect(seconds).toBeLessThan(20);
  });

  it('stops a commit with a defect that is staged, and names it', () => {
    write(compose, defect);
    git(repo, 'add', '-A');
    const { status, said } = commit();
    expect(status).toBe(1);
    expect(said).toContain('compose/missing-bind-source');
    git(repo, 'reset', '-q', '--hard');
  });

  it('looks at the index: a defect that is not staged stops nothing', () => {
    write('README.md', '# Orchard\n');
    git(repo, 'add', '-A');
    write(compose, defect);
    const { status, said } = commit();
    expect(status, said).toBe(0);
    git(repo, 'reset', '-q', '--hard');
  });

  it('looks at the index: a defect that is mended in the work tree alone still stops it', () => {
    write(compose, defect);
    git(repo, 'add', '-A');
    write(compose, git(repo, 'show', `HEAD:${compose}`));
    expect(commit().status).toBe(1);
    git(repo, 'reset', '-q', '--hard');
  });

  it('is asked about a commit that only deletes', () => {
    git(repo, 'rm', '-q', 'monitoring/loki/loki-config.yml');
    const { status, said } = commit();
    expect(status, said).toBe(1);
    git(repo, 'reset', '-q', '--hard');
  });
});
