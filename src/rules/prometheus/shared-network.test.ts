import { describe, expect, it } from 'vitest';
import { deadAddress } from '../alertmanager/dead-address.ts';
import { told } from '../test-support.ts';
import { closedReceiver } from './closed-receiver.ts';
import { deadTarget } from './dead-target.ts';
import { unreachableAddress } from './unreachable-address.ts';
import { unreachablePort } from './unreachable-port.ts';

const rules = [deadTarget, unreachableAddress, unreachablePort, closedReceiver, deadAddress];

/** Prometheus writes to, scrapes, and Alertmanager calls, what `modes` puts into their networks or not. */
const found = (modes: Readonly<Record<string, string>>): string[] => {
  const lodger = (name: string, image: string): string =>
    `  ${name}: { image: '${image}'${modes[name] === undefined ? '' : `, network_mode: '${modes[name]}'`} }\n`;
  const files = {
    'compose.yml': `services:
  prometheus:
    image: prom/prometheus:v2.47.0
    volumes: ['./prometheus.yml:/etc/prometheus/prometheus.yml:ro']
  alertmanager:
    image: prom/alertmanager:v0.26.0
    container_name: alerts
    volumes: ['./alertmanager.yml:/etc/alertmanager/alertmanager.yml:ro']
  loki: { image: 'grafana/loki:2.9.2', command: ['-server.http-listen-port=3100'] }
${lodger('adapter', 'example/adapter:1.0')}${lodger('hook', 'example/hook:1.0')}${lodger('promtail', 'grafana/promtail:2.9.2')}`,
    'prometheus.yml': `remote_write: [{ url: 'http://localhost:9201/write' }]
scrape_configs:
  - { job_name: adapter, static_configs: [{ targets: ['localhost:9201'] }] }
  - { job_name: promtail, static_configs: [{ targets: ['loki:9080'] }] }
`,
    'alertmanager.yml': `route: { receiver: ops }
receivers: [{ name: ops, webhook_configs: [{ url: 'http://localhost:5001/hook' }] }]
`,
  };
  return rules.flatMap((rule) => told(rule, files).map((words) => `${rule.id} ${words.split(' ')[0]}`));
};

describe('services in the network of another', () => {
  it('listen under its name and its localhost', () => {
    const modes = { adapter: 'service:prometheus', hook: 'container:alerts', promtail: 'service:loki' };
    expect(found(modes)).toEqual([]);
  });

  it('are missed where they are not', () => {
    expect(found({})).toEqual([
      'prometheus/dead-target error',
      'prometheus/unreachable-address error',
      'prometheus/unreachable-port error',
      'alertmanager/dead-address error',
    ]);
  });
});
