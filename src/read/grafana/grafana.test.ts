import { describe, expect, it } from 'vitest';
import type { GrafanaConfig } from '../../model/grafana.ts';
import type { Repository } from '../../model/repository.ts';
import type { Texts } from '../test-support.ts';
import { faultLines, oneStack, written } from '../test-support.ts';
import { datasourceUid } from './provisioning.ts';
import { settingOf } from './sections.ts';

const mounts =
  '["./g/provisioning:/etc/grafana/provisioning", "./g/dash:/dash", "./g/grafana.ini:/etc/grafana/grafana.ini"]';
const provider = 'providers:\n  - name: files\n    folder: Ops\n    options: {path: /dash}\n';

function read(texts: Texts, service = ''): { grafana: GrafanaConfig; repository: Repository } {
  const compose = `services:\n  g:\n    image: grafana/grafana:10.2.0\n    volumes: ${mounts}\n${service}`;
  const { stack, repository } = oneStack({ 'compose.yml': compose, ...texts });
  const [grafana] = stack.grafana;
  if (grafana === undefined) throw new Error('no Grafana was found');
  return { grafana, repository };
}

describe('settings', () => {
  it('come from the ini file and the environment over it', () => {
    const { grafana, repository } = read(
      {
        'g/grafana.ini':
          'app_mode = production\n[server]\nroot_url = http://a ; note\n[auth.generic_oauth]\nclient_id = x\n[security]\nadmin_password = """a#b"""\nadmin_user = \'root\'\n',
      },
      '    environment:\n      GF_AUTH_GENERIC_OAUTH_CLIENT_ID: y\n      GF_SMTP_PASSWORD__FILE: /run/secrets/s\n      GF_INSTALL_PLUGINS: z\n      GF_DEFAULT_INSTANCE_NAME: i\n',
    );
    expect(grafana.iniFile).toBe('g/grafana.ini');
    expect(Object.fromEntries([...grafana.settings].map(([key, held]) => [key, held.value]))).toEqual({
      '.app_mode': 'production',
      'server.root_url': 'http://a',
      'auth.generic_oauth.client_id': 'y',
      'security.admin_password': 'a#b',
      'security.admin_user': 'root',
      'smtp.password': '$__file{/run/secrets/s}',
      '.instance_name': 'i',
    });
    const url = grafana.settings.get('server.root_url');
    expect(url && written(repository, url.at)).toBe('http://a');
  });

  it.each([
    ['GF_SERVER_ROOT_URL', 'server.root_url'],
    ['GF_AUTH_ANONYMOUS_ENABLED', 'auth.anonymous.enabled'],
    ['GF_AUTH_DISABLE_LOGIN_FORM', 'auth.disable_login_form'],
    ['GF_UNIFIED_ALERTING_ENABLED', 'unified_alerting.enabled'],
    ['GF_PLUGIN_GRAFANA_IMAGE_RENDERER_X', 'plugin.grafana-image-renderer.x'],
    ['GF_OWN_SECTION_KEY', 'own.section.key'],
    ['GF_INSTALL_PLUGINS', undefined],
    ['SERVER_ROOT_URL', undefined],
  ])('%s sets %s', (variable, setting) => expect(settingOf(variable, ['own.section'])).toBe(setting));
});

describe('provisioning', () => {
  it('gives a datasource without a uid the one Grafana computes', () => {
    expect(datasourceUid('Prometheus')).toBe('PBFA97CFB590B2093');
    expect(datasourceUid('Loki')).toBe('P8E80F9AEF21F6940');
  });

  it('reads datasources', () => {
    const { grafana } = read({
      'g/provisioning/datasources/a.yaml':
        'datasources:\n  - {name: Prometheus, type: prometheus, url: "http://p:9090", isDefault: true}\n  - {name: L, type: loki, uid: loki}\n',
    });
    expect(grafana.datasources).toMatchObject([
      { name: 'Prometheus', uid: 'PBFA97CFB590B2093', isDefault: true, url: { value: 'http://p:9090' } },
      { name: 'L', uid: 'loki', isDefault: false },
    ]);
  });

  it('tells what Grafana never reads', () => {
    const yaml = 'apiVersion: 1\n';
    const { grafana } = read({
      'g/provisioning/datasources.yml': yaml,
      'g/provisioning/preferences/p.yaml': yaml,
      'g/provisioning/datasources/a.yml': yaml,
      'g/provisioning/datasources/deep/b.yml': yaml,
      'g/provisioning/datasources/c.yml.example': yaml,
      'g/provisioning/dashboards/d.json': '{}',
      'g/provisioning/alerting/e.json': '{}',
      'g/provisioning/alerting/f.yaml': yaml,
      'g/provisioning/plugins/g.yml': yaml,
      'g/provisioning/access-control/h.yml': yaml,
    });
    expect(grafana.unread).toEqual([
      'g/provisioning/dashboards/d.json',
      'g/provisioning/datasources.yml',
      'g/provisioning/datasources/c.yml.example',
      'g/provisioning/datasources/deep/b.yml',
      'g/provisioning/preferences/p.yaml',
    ]);
    expect(grafana.provisioning).toBe('g/provisioning');
    expect(grafana.provisioned?.map((file) => `${file.kind} ${file.file.split('/').at(-1)}`)).toEqual([
      'access-control h.yml',
      'alerting e.json',
      'alerting f.yaml',
      'datasources a.yml',
      'plugins g.yml',
    ]);
  });

  it('is found where the environment says', () => {
    const service = '    environment: [GF_PATHS_PROVISIONING=/dash/provisioning]\n';
    const texts = { 'g/dash/provisioning/datasources/a.yml': 'datasources: [{name: A}]\n' };
    expect(read(texts, service).grafana).toMatchObject({
      provisioning: 'g/dash/provisioning',
      datasources: [{ name: 'A' }],
    });
  });

  it('that does not parse is a fault', () => {
    const { repository } = read({ 'g/provisioning/alerting/a.yaml': 'groups:\n  - a: b: c\n' });
    expect(faultLines(repository)).toEqual(['repo/unparsable-yaml g/provisioning/alerting/a.yaml:2']);
  });
});

describe('dashboards', () => {
  const board = (texts: Texts): { grafana: GrafanaConfig; repository: Repository } =>
    read({ 'g/provisioning/dashboards/p.yml': provider, ...texts });

  it('are the JSON files below a provider, in every depth', () => {
    const { grafana } = board({
      'g/dash/a.json': '{"title": "A", "uid": "a"}',
      'g/dash/x/b.json': '{}',
      'g/dash/c.yaml': '',
    });
    expect(grafana.providers).toMatchObject([{ name: 'files', folder: 'Ops', path: '/dash', repoPath: 'g/dash' }]);
    expect(grafana.dashboards).toMatchObject([
      { file: 'g/dash/a.json', title: 'A', uid: 'a', folder: 'Ops', provider: 'files' },
      { file: 'g/dash/x/b.json' },
    ]);
  });

  it('take folders from files where the provider says so', () => {
    const text = 'providers:\n  - name: f\n    options: {path: /dash, foldersFromFilesStructure: true}\n';
    const { grafana } = read({ 'g/provisioning/dashboards/p.yml': text, 'g/dash/team/a.json': '{}' });
    expect(grafana.dashboards.map((dashboard) => dashboard.folder)).toEqual(['team']);
  });

  it('have the panels of rows, old rows and libraries, and their queries', () => {
    const json = {
      panels: [
        {
          id: 1,
          title: 'One',
          type: 'timeseries',
          datasource: { type: 'prometheus', uid: 'p' },
          targets: [
            { refId: 'A', expr: 'up' },
            { refId: 'B', expr: 'x', datasource: 'Loki', instant: true, hide: true },
          ],
        },
        {
          type: 'row',
          title: 'Row',
          panels: [{ id: 2, type: 'stat', title: 'In', datasource: null, targets: [{ expr: 'y' }] }],
        },
        { id: 3, libraryPanel: { uid: 'l', name: 'Lib' } },
      ],
      rows: [{ panels: [{ id: 4, type: 'graph' }] }],
      templating: {
        list: [
          { name: 'v', type: 'query', query: { query: 'label_values(x)' }, datasource: { uid: 'p' } },
          { name: 'w', type: 'custom', query: 'a,b' },
        ],
      },
    };
    const { grafana, repository } = board({ 'g/dash/a.json': JSON.stringify(json, null, 1) });
    const [dashboard] = grafana.dashboards;
    expect(dashboard?.panels.map((panel) => [panel.id, panel.title, panel.queries.length])).toEqual([
      [1, 'One', 2],
      [undefined, 'Row', 0],
      [2, 'In', 1],
      [3, 'Lib', 0],
      [4, '', 0],
    ]);
    expect(dashboard?.panels[0]?.queries).toMatchObject([
      { refId: 'A', datasource: { uid: 'p', type: 'prometheus' }, instant: false, hidden: false },
      { refId: 'B', datasource: { name: 'Loki' }, instant: true, hidden: true },
    ]);
    const inner = dashboard?.panels[2]?.queries[0];
    expect(inner?.datasource).toBeUndefined();
    expect(inner?.expr && written(repository, inner.expr.at)).toBe('"y"');
    expect(dashboard?.variables).toMatchObject([
      { name: 'v', query: 'label_values(x)', datasource: { uid: 'p' } },
      { name: 'w', query: 'a,b' },
    ]);
  });

  it('have panels that are repeated, for their own variable and that of their row', () => {
    const panel = (title: string, repeat?: string): object => ({ title, type: 'stat', repeat });
    const json = {
      panels: [
        panel('before'),
        { ...panel('open', 'host'), type: 'row', panels: [] },
        panel('in the open row', 'disk'),
        { ...panel('closed', 'job'), type: 'row', panels: [panel('in the closed row')] },
      ],
    };
    const [dashboard] = board({ 'g/dash/a.json': JSON.stringify(json) }).grafana.dashboards;
    expect(dashboard?.panels.map(({ title, repeats }) => [title, repeats])).toEqual([
      ['before', undefined],
      ['open', undefined],
      ['in the open row', ['host', 'disk']],
      ['closed', undefined],
      ['in the closed row', ['job']],
    ]);
  });

  it('have annotations, written in the old form and the new', () => {
    const list = [
      { name: 'Old', datasource: 'P', expr: 'a' },
      { name: 'New', datasource: { uid: 'p' }, target: { expr: 'b' } },
      { name: 'Kept', datasource: '-- Grafana --' },
    ];
    const { grafana, repository } = board({ 'g/dash/a.json': JSON.stringify({ annotations: { list } }, null, 1) });
    const annotations = grafana.dashboards[0]?.annotations ?? [];
    expect(annotations.map(({ name, expr }) => [name, expr && written(repository, expr.at)])).toEqual([
      ['Old', '"a"'],
      ['New', '"b"'],
      ['Kept', undefined],
    ]);
  });

  it.each([
    ['broken JSON', '{"a": 1,\n}', ['repo/unparsable-json g/dash/a.json:2']],
    ['cut JSON', '{"a": 1,\n"b": ', ['repo/unparsable-json g/dash/a.json:2']],
    ['an empty file', '', ['repo/unparsable-json g/dash/a.json:1']],
    ['a binary file', '\u0000', ['repo/binary-configuration g/dash/a.json:1']],
    ['a list', '[]', ['repo/unexpected-shape g/dash/a.json:1']],
    ['keys written twice', '{"a": 1,\n "a": 2}', ['grafana/duplicate-key g/dash/a.json:2']],
    ['absurd nesting', '['.repeat(100_000), ['repo/unparsable-json g/dash/a.json:1']],
    ['a megabyte on one line', `{"title": "${'x'.repeat(1_000_000)}"}`, []],
    ['odd shapes', '{"panels": [1, {"targets": {}}], "templating": 5, "rows": [1]}', []],
  ])('that hold %s', (_, text, faults) => {
    const { grafana, repository } = board({ 'g/dash/a.json': text });
    expect(faultLines(repository)).toEqual(faults);
    expect(grafana.dashboards.length).toBe(1);
  });
});
