import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { renderStack } from '../render.ts';

const tree = treeOf({
  'compose.yml': `services:
  prometheus:
    image: prom/prometheus:v2.47.0
    network_mode: host
    command: [--config.file=/etc/prometheus/prometheus.yml, --web.listen-address=127.0.0.1:9090]
    volumes: ['./prometheus.yml:/etc/prometheus/prometheus.yml']
  node: { image: 'prom/node-exporter:v1.6.1', network_mode: host }
  cadvisor: { image: 'gcr.io/cadvisor/cadvisor:v0.47.2', ports: ['8081:8080'] }
  hook: { image: 'example/hook:1', ports: ['9095:80'] }
  alertmanager:
    image: prom/alertmanager:v0.26.0
    network_mode: host
    volumes: ['./am.yml:/etc/alertmanager/alertmanager.yml']
  bridged: { image: 'prom/prometheus:v2.47.0', volumes: ['./bridged.yml:/etc/prometheus/prometheus.yml'] }
`,
  'prometheus.yml': `alerting: { alertmanagers: [{ static_configs: [{ targets: ['localhost:9093'] }] }] }
scrape_configs:
  - { job_name: self, static_configs: [{ targets: ['localhost:9090'], labels: { instance: me } }] }
  - { job_name: node, static_configs: [{ targets: ['127.0.0.1:9100'] }] }
  - { job_name: containers, static_configs: [{ targets: ['localhost:8081'] }] }
  - { job_name: app, static_configs: [{ targets: ['localhost:5000'] }] }
`,
  'bridged.yml': "scrape_configs: [{ job_name: self, static_configs: [{ targets: ['localhost:9090'] }] }]\n",
  'am.yml': `route: { receiver: a }
receivers: [{ name: a, webhook_configs: [{ url: 'http://localhost:9095/x' }, { url: 'http://localhost:9999/y' }] }]
`,
});

test('a service on the network of the host reaches what listens there', () => {
  const [stack] = readRepository(tree).stacks;
  if (stack === undefined) throw new Error('no stack in the test tree');
  const images = { hook: 'example/hook:1' };
  const { files, compose, relays, unseen } = renderStack(tree, stack, {
    project: 'lab',
    images,
    helperImage: 'node',
    labels: {},
  });
  const read = (path: string): unknown => parse(Buffer.from(files.get(`files/${path}`)?.bytes ?? []).toString());
  expect(read('prometheus.yml')).toMatchObject({
    alerting: { alertmanagers: [{ static_configs: [{ targets: ['alertmanager:9093'] }] }] },
    scrape_configs: [
      { static_configs: [{ targets: ['prometheus:9090'], labels: { instance: 'me' } }] },
      { static_configs: [{ targets: ['node:9100'], labels: { instance: '127.0.0.1:9100' } }] },
      { static_configs: [{ targets: ['cadvisor:8080'], labels: { instance: 'localhost:8081' } }] },
      { static_configs: [{ targets: ['outside-localhost:5000'], labels: { instance: 'localhost:5000' } }] },
    ],
  });
  expect(read('bridged.yml')).toMatchObject({
    scrape_configs: [{ static_configs: [{ targets: ['localhost:9090'] }] }],
  });
  expect(relays.targets.map((target) => target.original)).toEqual(['localhost:5000']);
  expect(relays.forwards).toEqual({ '/receiver/a/webhook/0': 'http://hook:80/x' });
  expect(read('am.yml')).toMatchObject({
    receivers: [
      {
        webhook_configs: [
          { url: 'http://stackproof-helper:8082/receiver/a/webhook/0' },
          { url: 'http://outside-localhost:9999/receiver/a/webhook/1' },
        ],
      },
    ],
  });
  expect(unseen).toEqual([]);
  expect(JSON.stringify(compose['services'])).toContain('--web.listen-address=0.0.0.0:9090');
});
