import { describe, expect, it } from 'vitest';
import { treeOf } from '../model/tree.ts';
import { readRepository } from '../read/repository.ts';
import { liveClaims } from './required.ts';

const tree = treeOf({
  'docker-compose.yml': `services:
  prometheus:
    image: prom/prometheus:v2.47.0
    volumes: ['./prometheus.yml:/etc/prometheus/prometheus.yml:ro', './rules.yml:/etc/prometheus/rules.yml:ro']
  alertmanager:
    image: prom/alertmanager:v0.26.0
    volumes: ['./alertmanager.yml:/etc/alertmanager/alertmanager.yml:ro']
`,
  'prometheus.yml': `rule_files: [rules.yml]
scrape_configs:
  - job_name: prometheus
    static_configs: [{ targets: ['localhost:9090'] }]
`,
  'rules.yml': `groups:
  - name: a
    rules:
      - { alert: Down, expr: up == 0, labels: { severity: critical } }
      - { alert: Down, expr: up == 0, labels: { severity: warning } }
`,
  'alertmanager.yml': `route: { receiver: ops }
receivers: [{ name: ops, webhook_configs: [{ url: 'http://ops.example/' }] }]
`,
});

describe('live claims', () => {
  it('are one for each subject, and two of a name are told apart', () => {
    const stack = readRepository(tree).stacks[0];
    if (stack === undefined) throw new Error('no stack was read');
    expect(liveClaims(stack).map((claim) => claim.id)).toEqual([
      'boot: prometheus runs',
      'boot: prometheus limits and security',
      'boot: prometheus mounted files',
      'boot: alertmanager runs',
      'boot: alertmanager limits and security',
      'boot: alertmanager mounted files',
      'scrape-targets: prometheus',
      'alert-routing: Down',
      'alert-routing: Down (2)',
      'alert-routing: nothing else arrives',
    ]);
  });
});
