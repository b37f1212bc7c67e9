import { describe, expect, it } from 'vitest';
import type { Rule } from '../define-rule.ts';
import { composeOf, told } from '../test-support.ts';
import { contestedProvider } from './contested-provider.ts';
import { deadDatasource } from './dead-datasource.ts';
import { misplacedSecret } from './misplaced-secret.ts';
import { rejectedProvisioning } from './rejected-provisioning.ts';
import { uninstalledPlugin } from './uninstalled-plugin.ts';
import { unknownProvisioningKey } from './unknown-provisioning-key.ts';
import { unmountedProvider } from './unmounted-provider.ts';

type Texts = Readonly<Record<string, string>>;

const grafana = (rest = '', image = 'grafana/grafana:10.2.0'): string =>
  `image: ${image}\nvolumes:\n  - ./p:/etc/grafana/provisioning\n  - ./boards:/boards\n${rest}`;

function found(rule: Rule, files: Texts, service = grafana(), services: Texts = {}): string[] {
  return told(rule, { 'compose.yml': composeOf({ grafana: service, ...services }), ...files });
}

const sources = (body: string): Texts => ({ 'p/datasources/a.yml': `apiVersion: 1\ndatasources:\n${body}` });

describe('grafana/dead-datasource', () => {
  const at = (url: string): string[] =>
    found(deadDatasource, sources(`  - {name: A, type: prometheus, url: '${url}'}\n`), grafana(), {
      prometheus: 'image: prom/prometheus:v2.47.0\ncommand: ["--web.listen-address=:9091"]',
      app: 'image: shop:1',
    });

  it.each([
    'http://prometheus:9091',
    'https://prom.example.org',
    'http://10.0.0.1:9090',
    'http://app:1234',
    '$PROM_URL',
    'http://${HOST}:9090',
    'http://localhost:3000',
    '',
  ])('is silent about "%s"', (url) => expect(at(url)).toEqual([]));

  it.each(['http://localhost:9090', 'http://prometheus:9090', 'http://promethus:9091', 'prometheus'])(
    'judges "%s"',
    (url) => expect(at(url)).toHaveLength(url === 'prometheus' ? 0 : 1),
  );

  it('is sure of a port only where the files say it, and of localhost only where nobody shares it', () => {
    const loki = sources("  - {name: L, type: loki, url: 'http://loki:3200'}\n");
    expect(found(deadDatasource, loki, grafana(), { loki: 'image: grafana/loki:2.9.2' })[0]).toMatch(/^warning/);
    const local = sources("  - {name: L, type: loki, url: 'http://localhost:3100'}\n");
    expect(
      found(deadDatasource, local, grafana(), { loki: 'image: grafana/loki:2.9.2\nnetwork_mode: "service:grafana"' }),
    ).toEqual([]);
  });

  it('warns where the same file is right for another stack', () => {
    const texts = {
      'a/compose.yml': composeOf({
        grafana: 'image: grafana/grafana:10.2.0\nvolumes: ["../p:/etc/grafana/provisioning"]',
        loki: 'image: grafana/loki:2.9.2',
      }),
      'b/compose.yml': composeOf({
        grafana: 'image: grafana/grafana:10.2.0\nvolumes: ["../p:/etc/grafana/provisioning"]',
      }),
      ...sources("  - {name: L, type: loki, url: 'http://loki:3100'}\n"),
    };
    expect(told(deadDatasource, texts)).toEqual([
      'warning p/datasources/a.yml:3 "loki" of datasource "L" is no host that the container of "grafana" can know in "b/compose.yml", so everything that asks it shows an error',
    ]);
  });
});

describe('grafana/unknown-provisioning-key', () => {
  it('lets anchors and what a plugin reads stand', () => {
    const body = '  - name: A\n    type: x\n    jsonData: {anything: {deep: 1}}\n    correlations: [{targetUID: b}]\n';
    expect(
      found(unknownProvisioningKey, {
        'p/datasources/a.yml': `apiVersion: 1\nx-common: {a: 1}\ndatasources:\n${body}`,
      }),
    ).toEqual([]);
  });

  it('guesses only where the version is not known', () => {
    const texts = sources('  - {name: A, type: x, urll: y, managedBy: me}\n');
    expect(found(unknownProvisioningKey, texts, grafana('', 'grafana/grafana:latest'))).toHaveLength(1);
    expect(found(unknownProvisioningKey, texts)).toHaveLength(2);
  });

  it('knows the oldest form', () => {
    const texts = { 'p/datasources/a.yml': 'datasources:\n  - {name: A, type: x, is_default: true, json_data: {}}\n' };
    expect(found(unknownProvisioningKey, texts)).toEqual([]);
  });
});

describe('grafana/rejected-provisioning', () => {
  it.each([
    ['an empty list', 'p/datasources/a.yml', 'apiVersion: 1\ndatasources:\n'],
    ['an empty file', 'p/dashboards/a.yml', ''],
    [
      'folders of the file system',
      'p/dashboards/a.yml',
      "apiVersion: 1\nproviders: [{name: a, folder: '', folderUid: '', options: {path: /x, foldersFromFilesStructure: true}}]\n",
    ],
  ])('takes %s', (_, path, text) => expect(found(rejectedProvisioning, { [path]: text })).toEqual([]));
});

describe('grafana/unmounted-provider and grafana/contested-provider', () => {
  const providers = (...paths: string[]): Texts => ({
    'p/dashboards/a.yml': `apiVersion: 1\nproviders:\n${paths.map((path, index) => `  - {name: p${index}, options: {path: ${path}}}\n`).join('')}`,
  });

  it.each(['/boards', '/boards/deep', '/etc/grafana/provisioning/dashboards', '/usr/share/grafana/public'])(
    'knows %s',
    (path) => expect(found(unmountedProvider, providers(path))).toEqual([]),
  );
  it('knows a folder whose files are mounted one by one, and a volume', () => {
    const single = grafana('').replace('./boards:/boards', './a.json:/one/a.json');
    expect(found(unmountedProvider, providers('/one'), single)).toEqual([]);
    expect(
      found(
        unmountedProvider,
        providers('/var/lib/grafana/x'),
        single.replace('./a.json:/one/a.json', 'data:/var/lib/grafana'),
      ),
    ).toEqual([]);
    expect(found(unmountedProvider, providers('/nowhere'), grafana('build: .\n'))).toEqual([]);
  });
  it('lets two organisations have one folder, and asks nothing of an image of somebody else', () => {
    const two =
      'apiVersion: 1\nproviders:\n  - {name: a, options: {path: /boards}}\n  - {name: b, orgId: 2, options: {path: /boards}}\n';
    expect(found(contestedProvider, { 'p/dashboards/a.yml': two, 'boards/x.json': '{}' })).toEqual([]);
    const own = grafana('', 'registry.example.org/grafana/grafana-ours:1');
    expect(found(unmountedProvider, providers('/baked/in'), own)).toEqual([]);
  });
  it('lets two providers have two folders, also where one name begins like the other', () => {
    expect(
      found(contestedProvider, {
        ...providers('/boards/a', '/boards/ab'),
        'boards/a/x.json': '{}',
        'boards/ab/y.json': '{}',
      }),
    ).toEqual([]);
    expect(found(contestedProvider, { ...providers('/boards', '/boards/a'), 'boards/a/x.json': '{}' })).toHaveLength(1);
  });
});

describe('grafana/uninstalled-plugin', () => {
  const board = (type: string): Texts => ({
    'p/dashboards/a.yml': 'apiVersion: 1\nproviders: [{name: a, options: {path: /boards}}]\n',
    'boards/a.json': JSON.stringify({ title: 'A', panels: [{ type, title: 'P' }] }),
  });
  const of = (type: string, rest = '', image?: string): string[] =>
    found(uninstalledPlugin, board(type), grafana(rest, image));

  it.each(['timeseries', 'graph', 'row', 'text', 'nodeGraph', 'state-timeline', 'piechart'])('knows %s', (type) =>
    expect(of(type)).toEqual([]),
  );

  it.each([
    'environment: {GF_INSTALL_PLUGINS: "a-panel 1.0.0,b-panel"}\n',
    'environment: {GF_INSTALL_PLUGINS: "https://example.org/a.zip;a-panel"}\n',
    'environment: {GF_INSTALL_PLUGINS: "$$PLUGINS"}\n',
    'build: .\n',
    'env_file: missing.env\n',
    'entrypoint: ["sh", "-c", "grafana-cli plugins install a-panel && /run.sh"]\n',
  ])('knows what may be installed by %s', (rest) => expect(of('a-panel', rest)).toEqual([]));

  it('says what has taken the place of an old panel, and nothing of what only another version has', () => {
    expect(of('grafana-piechart-panel')[0]).toMatch(/^warning boards\/a.json:1 Panel "P" .*"Panel plugin not found"$/);
    expect(of('somethingNew', '', 'grafana/grafana:12.0.0')).toEqual([]);
    expect(of('a-panel', '', 'grafana/grafana:12.0.0')).toHaveLength(1);
    expect(of('a-panel', '', 'registry.example.org/our-grafana:1')).toEqual([]);
  });
});

describe('grafana/misplaced-secret', () => {
  it('lets what is no secret stand, and prints no value', () => {
    const fine =
      '  - {name: A, type: x, jsonData: {httpHeaderName1: X, tokenLifetime: 5, timeInterval: 15s}, secureJsonData: {httpHeaderValue1: a}}\n';
    expect(found(misplacedSecret, sources(fine))).toEqual([]);
    const [line = ''] = found(
      misplacedSecret,
      sources('  - {name: A, type: x, jsonData: {apiToken: glsa_very_secret}}\n'),
    );
    expect(line).toMatch(/"apiToken"/);
    expect(line).not.toMatch(/very_secret/);
  });
});
