import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defects, healthy } from '../../../fixtures/defects/defect.ts';
import { danglingEdges, type NodeKind } from '../../model/graph.ts';
import { readRepository } from '../../read/repository.ts';
import { oneStack, type Texts } from '../../read/test-support.ts';
import { rules } from '../registry.ts';
import { graphOf } from '../support/graph/graph-of.ts';
import { owners } from '../support/graph/owners.ts';
import { composeOf, prometheus, told } from '../test-support.ts';
import { danglingEdge } from './dangling-edge.ts';
import { outsideEdge } from './outside-edge.ts';
import { unreferencedNode } from './unreferenced-node.ts';

const kinds = Object.entries(owners);
const stack = readRepository(healthy).stacks[0];
const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);

describe('the graph of the healthy stack', () => {
  const graph = stack === undefined ? undefined : graphOf(healthy, stack);

  it('has every kind of node and edge, and no edge that dangles', () => {
    const offered = new Set(graph?.offers.map(({ kind }) => kind));
    const expected = new Set(graph?.expectations.map(({ kind }) => kind));
    const rare = new Set<NodeKind>(['config', 'address']);
    const without = (known: ReadonlySet<NodeKind | undefined>): string[] =>
      kinds.map(([kind]) => kind).filter((kind) => ![...known, ...rare].some((one) => one === kind));
    expect([without(offered), without(expected)]).toEqual([[], []]);
    expect(graph === undefined ? [] : danglingEdges(graph)).toEqual([]);
  });
});

describe('every kind of node', () => {
  const corpus = defects();
  const known = new Set(rules.map(({ id }) => id));

  it.each(kinds)('%s has owners, each with a defect that breaks it', (_, { dangling, unreferenced }) => {
    for (const id of [...dangling, ...(unreferenced === undefined ? [] : [unreferenced])]) {
      expect(known).toContain(id);
      expect([...corpus.keys()]).toContain(id);
    }
  });

  it.each(kinds)('%s stands in the page with them', (kind, { dangling, unreferenced = '-' }) => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/graph.md'), 'utf8');
    const row = page.split('\n').find((line) => line.startsWith(`| ${kind} |`)) ?? '';
    expect(
      row
        .split('|')
        .slice(4, 6)
        .map((cell) => cell.trim()),
    ).toEqual([dangling.join(', '), unreferenced]);
  });
});

const config = (...jobs: string[]): string =>
  `scrape_configs:\n${jobs.map((targets, index) => `  - job_name: j${index}\n    ${targets}\n`).join('')}`;
const own = "static_configs: [{targets: ['localhost:9090']}]";
const node = 'image: prom/node-exporter:v1.6.1';

function idle(services: Readonly<Record<string, string>>, texts: Texts, rest = ''): string[] {
  return told(unreferencedNode, { 'compose.yml': composeOf({ prometheus, ...services }, rest), ...texts });
}

describe('stack/unreferenced-node', () => {
  it('warns of an exporter that nobody scrapes, and tells of one that others may', () => {
    expect(idle({ node }, { 'prometheus.yml': config(own) })).toEqual([like(/^warning .*exporter "node"/)]);
    expect(idle({ node: `${node}\nports: ["9100:9100"]` }, { 'prometheus.yml': config(own) })).toEqual([
      like(/^info .*unless somebody outside/),
    ]);
  });

  it.each([
    ['a job that discovers', { 'prometheus.yml': config('docker_sd_configs: [{host: "unix:///x"}]') }],
    ['a configuration that is not in the repository', {}],
    [
      'a target that is a port of the host',
      { 'prometheus.yml': config(own, "static_configs: [{targets: ['10.0.0.1:9100']}]") },
    ],
  ])('is silent about exporters with %s', (_, texts: Texts) => {
    expect(idle({ node: `${node}\nports: ["9100:9100"]` }, texts).filter((line) => /exporter/.test(line))).toEqual([]);
  });

  it.each([
    [
      'by the flag of a certificate',
      'command: [--web.config.file=/etc/web/web.yml]\nvolumes: ["./web.yml:/etc/web/web.yml:ro"]',
    ],
    ['by a folder above', 'command: [--config.file=/conf/a/b.yml]\nvolumes: ["./web.yml:/conf/a:ro"]'],
    ['as a secret of the configuration', 'secrets: [token]'],
    ['by the system', 'volumes: ["./web.yml:/etc/ssl/certs/own.pem:ro"]'],
  ])('knows files that are read %s', (_, more) => {
    const secret = 'secrets: {token: {file: ./token}}\n';
    const prom = `image: prom/prometheus:v2.47.0\n${more}\n`;
    const texts = {
      'web.yml': 'tls: {}\n',
      'prometheus.yml': `${config(own)}    bearer_token_file: /run/secrets/token\n`,
    };
    const body = more.includes('volumes') ? prom : `${prometheus}\n${more}`;
    const files = { 'compose.yml': composeOf({ one: body }, secret), ...texts };
    expect(told(unreferencedNode, files).filter((line) => /mounted/.test(line))).toEqual([]);
  });

  it('finds a template that Alertmanager does not name', () => {
    const files = {
      'compose.yml': composeOf({
        a: 'image: prom/alertmanager:v0.26.0\nvolumes: ["./a.yml:/etc/alertmanager/alertmanager.yml", "./t.tmpl:/etc/alertmanager/t.tmpl"]',
      }),
      't.tmpl': 'x',
    };
    expect(told(unreferencedNode, { ...files, 'a.yml': 'route: {}\n' })).toEqual([
      like(/^warning .*t.tmpl" is mounted/),
    ]);
    expect(told(unreferencedNode, { ...files, 'a.yml': "templates: ['/etc/alertmanager/*.tmpl']\n" })).toEqual([]);
  });

  it('takes the datasource of an Alertmanager for one that the pages of alerts ask', () => {
    const sources = (type: string): string => `datasources:\n  - {name: A, type: ${type}, uid: a, url: "http://a"}\n`;
    const grafana = 'image: grafana/grafana:10.2.0\nvolumes: ["./p:/etc/grafana/provisioning", "./b:/b"]';
    const board = {
      'p/dashboards/b.yml': 'providers:\n  - {name: b, options: {path: /b}}\n',
      'b/b.json': '{"title": "b", "panels": []}',
    };
    const found = (type: string): string[] =>
      idle({ grafana }, { 'prometheus.yml': config(own), 'p/datasources/a.yml': sources(type), ...board }).filter(
        (line) => line.includes('explores'),
      );
    expect([found('alertmanager').length, found('loki').length]).toEqual([0, 1]);
  });

  it('finds a path in the braces of Grafana', () => {
    const grafana =
      'image: grafana/grafana:10.2.0\nsecrets: [oauth]\nenvironment: {GF_AUTH_GITHUB_CLIENT_SECRET: "$$__file{/run/secrets/oauth}"}';
    const found = idle({ grafana }, { 'prometheus.yml': config(own) }, 'secrets: {oauth: {file: ./s}}\n');
    expect(found.filter((line) => line.includes('oauth'))).toEqual([]);
  });

  it('does not call a Loki empty that another agent may fill', () => {
    const loki = 'image: grafana/loki:2.9.2';
    const only = { 'prometheus.yml': config(own, "static_configs: [{targets: ['loki:3100']}]") };
    expect(idle({ loki }, only)).toEqual([like(/^warning .*Loki "loki"/)]);
    expect(idle({ loki, alloy: 'image: grafana/alloy:v1.0.0' }, only)).toEqual([]);
    expect(idle({ loki }, { ...only, 'vector.toml': 'endpoint = "http://loki:3100/loki/api/v1/push"' })).toEqual([]);
  });

  it('says once of an Alertmanager what its own rule says', () => {
    const am = 'image: prom/alertmanager:v0.26.0';
    const rule = 'groups: [{name: g, rules: [{alert: A, expr: up == 0}]}]\n';
    const mounted = `${prometheus}\n  - ./r.yml:/etc/prometheus/r.yml:ro`;
    const texts = { 'prometheus.yml': `rule_files: [r.yml]\n${config(own)}`, 'r.yml': rule };
    expect(idle({ prometheus: mounted, am }, texts).filter((line) => /Alertmanager/.test(line))).toEqual([]);
    expect(idle({ am }, { 'prometheus.yml': config(own) }).filter((line) => /Alertmanager/.test(line))).toHaveLength(1);
  });
});

describe('stack/dangling-edge and stack/outside-edge', () => {
  const write = (host: string): Texts => ({ 'prometheus.yml': `remote_write: [{url: "http://${host}:9009/push"}]\n` });
  const mimir = 'image: grafana/mimir:2.10.0';

  it('knows services, aliases and networks', () => {
    const files = (more: string): Texts => ({
      'compose.yml': composeOf({ prometheus, mimir: `${mimir}\n${more}` }),
      ...write('mimir'),
    });
    expect(told(danglingEdge, files(''))).toEqual([]);
    expect(told(danglingEdge, files('networks: [apart]'))).toEqual([like(/^error .*no network is common/)]);
    expect(told(danglingEdge, { ...files('container_name: mimir-1'), ...write('mimir-1') })).toEqual([]);
    const linking = composeOf({ prometheus: `${prometheus}\nlinks: ["mimir:store"]`, mimir });
    expect(told(danglingEdge, { 'compose.yml': linking, ...write('store') })).toEqual([]);
  });

  it('tells of the outside once', () => {
    const files = {
      'compose.yml': composeOf(
        { prometheus: `${prometheus}\nnetworks: [a, b]` },
        'networks: {a: {external: true}, b: {external: true}}\n',
      ),
      ...write('mimir.example.com'),
    };
    expect(told(danglingEdge, files)).toEqual([]);
    expect(told(outsideEdge, files)).toEqual([like(/^info .*"a", "b" and "mimir.example.com"/)]);
    expect(oneStack(files).stack.services).toHaveLength(1);
  });
});
