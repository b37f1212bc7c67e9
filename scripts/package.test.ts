import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../src/index.ts';
import { installed } from './installed.ts';

const home = join(import.meta.dirname, '..');

describe('the installed package', () => {
  let program = '';
  const run = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  beforeAll(() => {
    program = installed();
  });

  it('checks a repository, and needs nothing that is not packed', () => {
    const example = join(home, 'fixtures/repositories/before');
    const plan = join(home, 'plans/example/plan.yaml');
    const { status, stdout, stderr } = run('check', '--repo', example, '--plan', plan);
    expect(stderr).toBe('');
    expect(stdout).toContain('0 errors');
    expect(status).toBe(0);
  });

  it('has the words of the YAML library, which it loads when it needs them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stackproof-broken-'));
    writeFileSync(join(folder, 'docker-compose.yml'), 'services:\n  a: [1\n');
    const { status, stdout } = run('check', '--repo', folder);
    expect(stdout).toContain('docker-compose.yml:');
    expect(stdout).toContain('repo/unparsable-yaml');
    expect(status).toBe(1);
  });

  it('writes a first plan with its schema, and keeps a snapshot', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stackproof-first-'));
    writeFileSync(join(folder, 'compose.yml'), 'services:\n  prometheus:\n    image: prom/prometheus:v2.47.0\n');
    expect(run('init', '--repo', folder)).toMatchObject({ status: 0, stderr: '' });
    const plan = join(folder, 'stackproof/plan.yaml');
    expect(run('preview', '--repo', folder, '--plan', plan)).toMatchObject({ status: 0, stderr: '' });
    const kept = run('snapshot', '--repo', folder, '--plan', plan, '--output', folder);
    expect(kept).toMatchObject({ status: 0, stderr: '' });
    const [, file = ''] = /^wrote (.*)$/m.exec(kept.stdout) ?? [];
    expect(run('snapshot', '--verify', file)).toMatchObject({ status: 0, stderr: '' });
  });

  it('runs its suites', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stackproof-verified-'));
    const example = join(home, 'fixtures/repositories/before');
    const plan = join(home, 'plans/example/plan.yaml');
    run('verify', '--repo', example, '--plan', plan, '--suite', 'static', '--reports', folder);
    const verdicts: Verdict[] = JSON.parse(readFileSync(join(folder, 'verdicts.json'), 'utf8'));
    expect(verdicts.map(({ suite, outcome }) => `${suite} ${outcome}`)).toEqual(Array(9).fill('static pass'));
  });

  it('knows the pages of its rules', () => {
    const { status, stdout } = run('explain', 'prometheus/dead-target');
    expect(stdout).toContain('## Passes');
    expect(status).toBe(0);
  });
});
