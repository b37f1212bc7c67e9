import { describe, expect, it } from 'vitest';
import type { Stack } from '../../model/stack.ts';
import { oneStack } from '../test-support.ts';

function read(image: string, service: string, config: string): Stack {
  const compose = `services:\n  it:\n    image: ${image}\n    volumes: ["./c:/etc/c", "./c/c.yml:/etc/promtail/config.yml", "./c/c.yml:/etc/loki/local-config.yaml"]\n    ${service}\n`;
  return oneStack({ 'compose.yml': compose, 'c/c.yml': config }).stack;
}

describe('the configuration of Loki and Promtail', () => {
  it.each([
    ['', 'c/c.yml'],
    ['command: -config.file=/etc/c/c.yml', 'c/c.yml'],
    ['command: --config.file=/etc/c/c.yml -config.expand-env=true', 'c/c.yml'],
    ['command: ["-config.file", "/etc/c/c.yml"]', 'c/c.yml'],
    ['command: -config.file=/nowhere.yml,/etc/c/c.yml', 'c/c.yml'],
    ['command: -config.file=/etc/c/nowhere.yml', undefined],
  ])('is found with %j', (service, file) => {
    expect(read('grafana/loki:2.9.2', service, 'auth_enabled: false\n').loki[0]?.file).toBe(file);
    expect(read('grafana/promtail:2.9.2', service, '{}').promtail[0]?.file).toBe(file);
  });

  it('is kept as it is for Loki', () => {
    expect(read('grafana/loki', '', 'auth_enabled: false\n').loki).toMatchObject([{ value: { auth_enabled: false } }]);
  });

  it('gives clients, positions and jobs of Promtail', () => {
    const text = `clients: [{url: "http://loki:3100/loki/api/v1/push"}, {}]
positions: {filename: /tmp/p.yaml}
scrape_configs:
  - job_name: files
    static_configs: [{labels: {__path__: /var/log/*.log}}, {labels: {}}]
  - job_name: docker
    docker_sd_configs: [{host: "unix:///var/run/docker.sock"}]
  - 5
`;
    expect(read('grafana/promtail', '', text).promtail).toMatchObject([
      {
        clients: [{ value: 'http://loki:3100/loki/api/v1/push', at: { pointer: ['clients', 0, 'url'] } }],
        positions: { value: '/tmp/p.yaml' },
        scrapeJobs: [
          { name: 'files', usesDocker: false, paths: [{ value: '/var/log/*.log' }] },
          { name: 'docker', usesDocker: true, paths: [] },
        ],
      },
    ]);
  });
});
