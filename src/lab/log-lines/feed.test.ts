import { describe, expect, test } from 'vitest';
import type { LogFolder } from '../../model/lab.ts';
import { feedingOf, type Shipper } from './feed.ts';

const engine: LogFolder = { service: 't', target: '/c', via: 'engine', at: 'abc' };
const helper: LogFolder = { service: 't', target: '/var/log', via: 'helper', at: '/logs/v' };
const file: LogFolder = { service: 't', target: '/one/syslog', via: 'file', at: 'host-logs/x' };
const shipper: Shipper = {
  service: 't',
  folders: [engine, helper, file],
  targets: ['/c/abc', '/var/log', '/one/syslog', '/repo', '/var/run/docker.sock'],
};
const files = (...paths: readonly (string | Record<string, string>)[]): Record<string, unknown> => ({
  static_configs: paths.map((path) => ({ labels: typeof path === 'string' ? { __path__: path } : path })),
});

describe('a job', () => {
  test.each([
    ['of container logs is fed by what a container prints', files('/c/*/*-json.log'), engine, '/c/abc/abc-json.log'],
    ['of container logs anywhere below', files('/c/**/*.log'), engine, '/c/abc/abc-json.log'],
    ['of a folder is fed by a file in it', files('/var/log/*log'), helper, '/var/log/wlog'],
    ['of a file is fed by that file', files('/var/log/nginx/access.log'), helper, '/var/log/nginx/access.log'],
    ['of a mounted file is fed by it', files('/one/*'), file, '/one/syslog'],
    [
      'of several paths is fed by the first that can be',
      files('/repo/*.log', '/var/log/a.log'),
      helper,
      '/var/log/a.log',
    ],
    [
      'goes around what is left out',
      files({ __path__: '/var/log/a.log', __path_exclude__: '/var/log/*.log' }, '/var/log/b'),
      helper,
      '/var/log/b',
    ],
    ['takes files before all other sources', { ...files('/var/log/a'), journal: { path: '/j' } }, helper, '/var/log/a'],
  ])('%s', (_, job, folder, path) => expect(feedingOf(job, shipper, 'w')).toEqual({ folder, path }));

  test('that asks the engine is fed by what a container prints', () => {
    const job = { docker_sd_configs: [{ host: 'unix:///var/run/docker.sock' }] };
    expect(feedingOf(job, shipper, 'w')).toMatchObject({ folder: { via: 'engine' } });
    expect(feedingOf(job, { ...shipper, targets: [] }, 'w')).toMatchObject({
      unknown: expect.stringContaining('engine'),
    });
  });

  test.each([
    ['the journal', { journal: {} }],
    ['what is pushed', { loki_push_api: { server: {} } }],
    ['syslog', { syslog: { listen_address: '0.0.0.0:1514' } }],
    ['a discovery', { kubernetes_sd_configs: [{ role: 'pod' }] }],
    ['a path that is filled in', files('${LOGS}/*.log')],
    ['a path that nobody wrote', { static_configs: [{ labels: { job: 'x' } }] }],
    ['a folder of the repository', files('/repo/*.log')],
  ])('of %s cannot be told of', (_, job) => {
    expect(feedingOf(job, shipper, 'w')).toEqual({ unknown: expect.any(String) });
  });

  test('never delivers what is nowhere', () => {
    expect(feedingOf(files('/opt/x/*.log'), shipper, 'w')).toEqual({
      problem: expect.stringContaining('/opt/x/*.log'),
    });
    expect(feedingOf({}, shipper, 'w')).toEqual({ problem: expect.any(String) });
  });
});
