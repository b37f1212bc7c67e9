import { describe, expect, it } from 'vitest';
import { datasourceOf } from '../model/grafana.ts';
import type { Stack } from '../model/stack.ts';
import { treeOf } from '../model/tree.ts';
import { readRepository } from '../read/repository.ts';
import { liveSuites } from './live-suites.ts';
import { liveClaims } from './required.ts';
import { alertSubjects } from './subjects/alert-routing.ts';
import { bootSubjects } from './subjects/boot.ts';
import { grafanaSubjects, librarySubjects, querySubjects, variableSubjects } from './subjects/dashboards.ts';
import { labelSubjects, metricSubjects } from './subjects/scrape-targets.ts';

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
inhibit_rules:
  - { source_matchers: ['severity = critical'], target_matchers: ['severity = warning'], equal: [alertname] }
  - { source_matchers: ['severity = page'], target_matchers: ['severity = warning'] }
`,
});

describe('live claims', () => {
  it('are one for each subject, and two of a name are told apart', () => {
    const repository = readRepository(tree);
    const stack = repository.stacks[0];
    if (stack === undefined) throw new Error('no stack was read');
    const looked = ['boot', 'scrape-targets', 'alert-routing'];
    const ids = liveClaims(repository, stack).map((claim) => claim.id);
    expect(ids.filter((id) => looked.includes(id.split(':')[0] ?? ''))).toEqual([
      'boot: prometheus runs',
      'boot: prometheus limits and security',
      'boot: prometheus logs no unexpected error',
      'boot: prometheus held by the kernel',
      'boot: prometheus mounted files',
      'boot: alertmanager runs',
      'boot: alertmanager limits and security',
      'boot: alertmanager logs no unexpected error',
      'boot: alertmanager held by the kernel',
      'boot: alertmanager mounted files',
      'scrape-targets: prometheus',
      'alert-routing: Down',
      'alert-routing: Down (2)',
      'alert-routing: severity="critical" mutes severity="warning"',
      'alert-routing: alerts are grouped as their routes say',
      'alert-routing: nothing else arrives',
    ]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const suite of liveSuites)
      for (const claim of suite.claims(stack, repository)) expect(claim.suite).toBe(suite.name);
  });
});

describe('boot subjects', () => {
  it('probe the smallest limit of each kind, of a product', () => {
    const service = (name: string, image: string, cpus: string, memory: string): string =>
      `  ${name}: { image: '${image}', deploy: { resources: { limits: { cpus: '${cpus}', memory: ${memory} } } } }\n`;
    const [stack] = readRepository(
      treeOf({
        'compose.yml': `services:
${service('web', 'nginx:1.25', '0.1', '32M')}${service('prometheus', 'prom/prometheus:v2.47.0', '2', '1G')}
${service('loki', 'grafana/loki:2.9.2', '0.5', '2G')}${service('alertmanager', 'prom/alertmanager:v0.26.0', '0.5', '1G')}`,
      }),
    ).stacks;
    if (stack === undefined) throw new Error('no stack was read');
    const probes = bootSubjects(stack).filter(
      ({ about }) => about === 'memory limit kills' || about.endsWith('throttles'),
    );
    expect(probes.map(({ claim }) => claim.id).sort()).toEqual([
      'boot: loki processor limit throttles',
      'boot: prometheus memory limit kills',
    ]);
    const abouts = bootSubjects(stack).flatMap(({ service, about }) => (service.name === 'web' ? [about] : []));
    expect(abouts).toEqual(['runs', 'limits and security']);
  });
});

describe('alert subjects', () => {
  it('go to the Alertmanager their Prometheus is told of', () => {
    const prometheus = (name: string): string => `  ${name}:
    image: prom/prometheus:v2.47.0
    volumes: ['./${name}.yml:/etc/prometheus/prometheus.yml', './rules.yml:/etc/prometheus/rules.yml']
`;
    const config = (target: string): string =>
      `rule_files: [rules.yml]\nalerting: { alertmanagers: [{ static_configs: [{ targets: ['${target}:9093'] }] }] }\n`;
    const am = (name: string): string =>
      `  ${name}: { image: 'prom/alertmanager:v0.26.0', container_name: the-${name} }\n`;
    const [stack] = readRepository(
      treeOf({
        'compose.yml': `services:\n${prometheus('a')}${prometheus('b')}${prometheus('c')}${am('one')}${am('two')}`,
        'a.yml': config('the-two'),
        'b.yml': config('one'),
        'c.yml': config('elsewhere.example.org'),
        'rules.yml': 'groups: [{ name: a, rules: [{ alert: Down, expr: up == 0 }] }]\n',
      }),
    ).stacks;
    if (stack === undefined) throw new Error('no stack was read');
    expect(alertSubjects(stack).map((one) => `${one.prometheus.service} ${one.alertmanager}`)).toEqual([
      'a two',
      'b one',
      'c one',
    ]);
  });
});

describe('query subjects', () => {
  const panel = (title: string, datasource: unknown, target: object): object => ({
    title,
    datasource,
    targets: [{ refId: 'A', ...target }],
  });
  const dashboard = {
    title: 'D',
    panels: [
      panel('default', 'default', { expr: 'up' }),
      panel('empty', 'P', { expr: ' ' }),
      panel('hidden', 'P', { expr: 'up', hide: true }),
      panel('unwritten', 'P', {}),
      panel('unwritten, by variable', '$ds', {}),
      panel('other kind', 'I', { query: 'SELECT 1' }),
      panel('other kind, not provisioned', { type: 'cloudwatch', uid: 'x' }, {}),
      panel('other kind, by input', '${DS_X}', { query: 'x' }),
      { title: 'Shown', libraryPanel: { uid: 'l', name: 'Shared' } },
      panel('own', '-- Grafana --', { queryType: 'randomWalk' }),
      panel('of another panel', { type: 'datasource', uid: '-- Dashboard --' }, { panelId: 1 }),
      {
        title: 'worked out',
        targets: [
          { refId: 'A', datasource: 'P', expr: 'up', hide: true },
          { refId: 'B', datasource: { type: '__expr__', uid: '__expr__' }, type: 'reduce', expression: 'A' },
        ],
      },
    ],
    templating: {
      list: [
        { name: 'ds', type: 'datasource', query: 'prometheus' },
        { name: 'job', type: 'query', query: { query: 'label_values(job)' } },
        { name: 'empty', type: 'query', query: '' },
        { name: 'own', type: 'custom', query: 'a,b' },
      ],
    },
    annotations: {
      list: [
        { name: 'Kept', builtIn: 1, datasource: '-- Grafana --' },
        { name: 'Restarts', datasource: 'P', expr: 'changes(x[1m])', enable: false },
        { name: 'Deployments', datasource: 'P', target: { expr: 'y' } },
        { name: 'Tagged', datasource: { type: 'grafana', uid: '-- Grafana --' }, type: 'tags' },
      ],
    },
  };
  const stack = readRepository(
    treeOf({
      'compose.yml': `services:
  grafana:
    image: grafana/grafana:10.2.0
    volumes: ['./prov:/etc/grafana/provisioning', './boards:/boards']
`,
      'prov/datasources/a.yml': `datasources:
  - { name: P, type: prometheus, url: 'http://p:9090', isDefault: true }
  - { name: I, type: influxdb, url: 'http://i:8086' }
`,
      'prov/dashboards/a.yml': 'providers: [{ name: a, options: { path: /boards } }]\n',
      'boards/d.json': JSON.stringify(dashboard),
    }),
  ).stacks[0];

  it('are the queries a browser sends, those that nobody here can ask among them', () => {
    if (stack === undefined) throw new Error('no stack was read');
    expect(querySubjects(stack).map(({ claim }) => claim.subject)).toEqual([
      'boards/d.json panel "default" query A',
      'boards/d.json panel "other kind" query A',
      'boards/d.json panel "other kind, not provisioned" query A',
      'boards/d.json panel "other kind, by input" query A',
      'boards/d.json panel "worked out" query B',
      'boards/d.json annotation "Restarts"',
      'boards/d.json annotation "Deployments"',
    ]);
    expect(querySubjects(stack).map(({ inputs }) => inputs?.map(({ refId }) => refId))).toContainEqual(['A']);
    expect(querySubjects(stack).at(-2)?.query).toMatchObject({ value: { expr: 'changes(x[1m])', interval: '60s' } });
    expect(variableSubjects(stack).map(({ claim }) => claim.subject)).toEqual([
      'boards/d.json variable "ds"',
      'boards/d.json variable "job"',
    ]);
    expect(librarySubjects(stack).map(({ claim }) => claim.subject)).toEqual(['boards/d.json library panel "Shared"']);
    expect(grafanaSubjects(stack).map(({ claim }) => claim.subject)).toEqual(['grafana serves nothing else']);
    const [grafana] = stack.grafana;
    const at = { file: 'x' };
    for (const ref of [undefined, { name: 'default', at }, { uid: '', at }])
      expect(grafana === undefined ? undefined : datasourceOf(grafana, ref)?.name).toBe('P');
  });
});

describe('the claims about scraping', () => {
  const stackOf = (prometheus: string, rules: string): Stack => {
    const stack = readRepository(
      treeOf({
        'compose.yml': `services:
  prometheus:
    image: prom/prometheus:v2.47.0
    volumes: ['./p:/etc/prometheus']
`,
        'p/prometheus.yml': `rule_files: [rules.yml]\nscrape_configs:\n${prometheus}`,
        'p/rules.yml': `groups:\n  - name: g\n    rules:\n${rules}`,
      }),
    ).stacks[0];
    if (stack === undefined) throw new Error('no stack was read');
    return stack;
  };
  const jobs = `
  - job_name: node
    static_configs: [{ targets: ['a:1'], labels: { env: prod } }]
    relabel_configs: [{ target_label: site, replacement: x }]
  - job_name: locked
    basic_auth: { username: u, password: p }
    static_configs: [{ targets: ['b:1'] }]
`;
  const rule = (name: string, expr: string): string => `      - { alert: ${name}, expr: '${expr}' }\n`;

  it('take the labels that only a target can give, and values that are written out', () => {
    const stack = stackOf(
      jobs,
      rule('A', 'up{job="node", stage="prod"} == 0') +
        rule('B', 'x{job="node", env="prod", site="x", mode="idle", instance=~"a.*", env!=""} > 1') +
        rule('C', 'x{job="other", env="prod"} > 1') +
        rule('D', 'y > 1'),
    );
    expect(labelSubjects(stack).map(({ claim, asked }) => [claim.subject, asked])).toEqual([
      [
        'node labels',
        [
          { selector: 'up{job="node",stage="prod"}', by: 'alert "A"' },
          { selector: 'up{job="node",env="prod",site="x"}', by: 'alert "B"' },
        ],
      ],
    ]);
  });

  it('take the metrics that may come from a job whose exposition can be read', () => {
    const stack = stackOf(
      jobs,
      `      - { record: made, expr: 'y' }\n${rule('A', 'x{job="node"} + made > 1')}${rule('B', 'z{job="other"} > up')}`,
    );
    expect(metricSubjects(stack).map(({ claim, metrics, own }) => [claim.subject, metrics, own])).toEqual([
      ['node metrics', ['x', 'y'], ['x']],
    ]);
  });
});
