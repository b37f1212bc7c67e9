import { describe, expect, it } from 'vitest';
import { composeOf, told } from '../test-support.ts';
import { droppedCapability } from './dropped-capability.ts';

const found = (service: string): string[] =>
  told(droppedCapability, { 'compose.yml': composeOf({ one: service, prometheus: 'image: prom/prometheus:v2.47.0' }) });

describe('compose/dropped-capability', () => {
  it.each([
    ['image: postgres:16', 'cap_drop: [ALL]', '"SETGID", "SETUID"'],
    [
      'image: docker.io/library/redis:7',
      'cap_drop: [all]\ncommand: [redis-server, --save, "60"]',
      '"SETGID", "SETUID"',
    ],
    ['image: mysql:8', 'cap_drop: [CAP_SETUID]\ncommand: --max-connections=9', '"SETUID"'],
    ['image: nginx:1.25@sha256:0000', 'cap_drop: [ALL]\ncap_add: [SETUID]', '"SETGID"'],
    ['image: mongo:7', 'cap_drop: [ALL]\nuser: root', '"SETGID", "SETUID"'],
  ])('tells of %s with %s', (image, more, words) => {
    expect(found(`${image}\n${more}`)).toEqual([expect.stringContaining(`no capability ${words},`)]);
  });

  it.each([
    ['image: postgres:16', ''],
    ['image: postgres:16', 'cap_drop: [NET_RAW]'],
    ['image: postgres:16', 'cap_drop: [ALL]\ncap_add: [CHOWN, SETUID, SETGID]'],
    ['image: postgres:16', 'cap_drop: [ALL]\ncap_add: [ALL]'],
    ['image: postgres:16', 'cap_drop: [ALL]\nprivileged: true'],
    ['image: postgres:16', 'cap_drop: [ALL]\nuser: postgres'],
    ['image: postgres:16', 'cap_drop: [ALL]\nentrypoint: [postgres]'],
    ['image: redis:7', 'cap_drop: [ALL]\ncommand: [sh, -c, "exec redis-server"]'],
    ['image: nginx:1.25', 'cap_drop: [ALL]\nvolumes: ["/srv/nginx.conf:/etc/nginx/nginx.conf:ro"]'],
    ['image: bitnami/redis:7', 'cap_drop: [ALL]'],
    ['image: prom/prometheus:v2.47.0', 'cap_drop: [ALL]'],
    ['build: .\nimage: postgres:16', 'cap_drop: [ALL]'],
  ])('takes %s with %s', (image, more) => {
    expect(found(`${image}\n${more}`)).toEqual([]);
  });
});
