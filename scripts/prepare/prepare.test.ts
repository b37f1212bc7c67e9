import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { misfit } from './packages.mjs';

function prepare(environment: Readonly<Record<string, string>>): {
  status: number | null;
  stdout: string;
  stderr: string;
} {
  const { STACKPROOF_REQUIRE_LIVE: _, STACKPROOF_NO_ENGINE: __, ...inherited } = process.env;
  return spawnSync(process.execPath, [join(import.meta.dirname, '../prepare.mjs')], {
    encoding: 'utf8',
    env: { ...inherited, ...environment },
  });
}

describe('without an engine', () => {
  it('says that the live suites will be unknown, and goes on', () => {
    const { status, stdout } = prepare({ STACKPROOF_NO_ENGINE: '1' });
    expect(stdout).toContain('WILL BE UNKNOWN');
    expect(status).toBe(0);
  });

  it('ends with 1 where the live suites are required', () => {
    const { status, stdout, stderr } = prepare({ STACKPROOF_NO_ENGINE: '1', STACKPROOF_REQUIRE_LIVE: '1' });
    expect(stdout).toContain('STACKPROOF_REQUIRE_LIVE=1');
    expect(stderr).toBe('');
    expect(status).toBe(1);
  });

  it('installs nothing where DOCKER_HOST names an engine that does not answer', () => {
    const { status, stdout } = prepare({ DOCKER_HOST: 'unix:///nowhere/docker.sock' });
    expect(stdout).toContain('no engine answers there');
    expect(status).toBe(0);
  });
});

describe('the fit of node_modules', () => {
  const lock = { packages: { '': {}, a: { version: '1.0.0' }, b: { version: '2.0.0', optional: true } } };

  it.each([
    ['everything is installed', lock.packages, undefined],
    ['an optional package is absent', { a: { version: '1.0.0' } }, undefined],
    ['a package is absent', { b: { version: '2.0.0' } }, 'a is missing'],
    ['a package is another', { a: { version: '1.0.1' } }, 'a is 1.0.1 where package-lock.json has 1.0.0'],
  ])('%s', (_, packages, problem) => {
    expect(misfit(lock, { packages })).toBe(problem);
  });

  it.each([
    [process.arch, 'native is missing'],
    ['another', undefined],
  ])('the native package for processor %s is absent', (cpu, problem) => {
    const native = { version: '1.0.0', optional: true, os: [process.platform], cpu: [cpu] };
    expect(misfit({ packages: { native } }, { packages: {} })).toBe(problem);
  });

  it('nothing is installed', () => {
    expect(misfit(lock, undefined)).toBe('node_modules is missing');
  });
});
