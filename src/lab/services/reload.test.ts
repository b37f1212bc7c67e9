import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { linesThrough, selectedLines } from './log-lines.ts';
import { droppedLines } from './promtail.ts';
import { lastEvaluation, loadedConfig, ruleNames, withItem } from './reload.ts';
import { playedLab, type Script } from './testing.ts';

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

async function lab(script: Script) {
  const played = await playedLab(script);
  stop = played.stop;
  return played.lab;
}

const base = 'http://played';

describe('what is loaded', () => {
  test('of Prometheus and of Alertmanager is told with whether the last one was accepted', async () => {
    const asked = await lab({
      '/api/v1/status/config': [[200, { data: { yaml: 'global: {}\n' } }]],
      '/api/v2/status': [[200, { config: { original: 'route: {}\n' } }]],
      '/metrics': [
        [200, 'prometheus_config_last_reload_successful 0\n'],
        [200, '# HELP x y\nalertmanager_config_last_reload_successful 1\n'],
      ],
    });
    expect(await loadedConfig(asked, base, 'prometheus')).toEqual({ text: 'global: {}\n', accepted: false });
    expect(await loadedConfig(asked, base, 'alertmanager')).toEqual({ text: 'route: {}\n', accepted: true });
  });

  test('is nothing to go on where it is not told', async () => {
    const asked = await lab({ '/metrics': [[200, 'prometheus_config_last_reload_successful 1\n']] });
    await expect(loadedConfig(asked, base, 'prometheus')).rejects.toThrow(/does not say/);
  });

  test('of rules is their names and when they were last evaluated', async () => {
    const groups = [
      { lastEvaluation: '2024-01-01T00:00:00Z', rules: [{ name: 'a' }] },
      { lastEvaluation: '2024-01-01T00:00:05Z', rules: [{ name: 'b' }] },
    ];
    const asked = await lab({
      '/api/v1/rules': [
        [200, { data: { groups } }],
        [200, { data: { groups } }],
        [200, {}],
      ],
    });
    expect(await ruleNames(asked, base)).toEqual(['a', 'b']);
    expect(await lastEvaluation(asked, base)).toBe(Date.parse('2024-01-01T00:00:05Z'));
    expect(await lastEvaluation(asked, base)).toBeUndefined();
  });
});

test('one more item keeps the rest of a file as it is', () => {
  const source = '# ours\nreceivers:\n  - name: a # first\nroute: { receiver: a }\n';
  expect(withItem(source, 'receivers', { name: 'b' })).toBe(
    '# ours\nreceivers:\n  - name: a # first\n  - name: b\nroute: { receiver: a }\n',
  );
  expect(parse(withItem('groups:\n', 'groups', { name: 'g' }))).toEqual({ groups: [{ name: 'g' }] });
  expect(() => withItem('a: [', 'groups', {})).toThrow();
});

describe('log lines', () => {
  test('of Loki are those of all streams, to the nanosecond, once it has time', async () => {
    const result = [
      { stream: {}, values: [['1700000000000000001', 'one']] },
      { stream: {}, values: [['1700000000000000002', 'two']] },
    ];
    const asked = await lab({
      '/loki/api/v1/query_range': [
        [429, 'too many outstanding requests'],
        [200, { data: { result } }],
        [401, 'no org id'],
      ],
    });
    expect(await selectedLines(asked, { base }, '{a="b"}')).toEqual([
      { ns: 1700000000000000001n, line: 'one' },
      { ns: 1700000000000000002n, line: 'two' },
    ]);
    await expect(selectedLines(asked, { base, tenant: 'x' }, '{a="b"}')).rejects.toThrow('no org id');
  });

  test('are looked for within a day where none is near', async () => {
    const result = [{ stream: {}, values: [['1', 'far']] }];
    const asked = await lab({
      '/loki/api/v1/query_range': [
        [200, { data: { result: [] } }],
        [200, { data: { result } }],
      ],
    });
    expect(await selectedLines(asked, { base }, '{a="b"}')).toEqual([{ ns: 1n, line: 'far' }]);
  });

  test('of Grafana are the columns of its frames, by name', async () => {
    const frames = [
      {
        schema: { fields: [{ name: 'labels' }, { name: 'Line' }, { name: 'tsNs' }] },
        data: { values: [[{}], ['one'], ['1700000000000000001']] },
      },
    ];
    const door = { base, user: { name: 'a', password: 'b' } };
    const asked = await lab({
      '/api/ds/query': [
        [200, { results: { A: { frames } } }],
        [200, { results: { A: { error: 'no such host' } } }],
        [404, { message: 'not found' }],
      ],
    });
    expect(await linesThrough(asked, door, 'u', '{}')).toEqual([{ ns: 1700000000000000001n, line: 'one' }]);
    await expect(linesThrough(asked, door, 'u', '{}')).rejects.toThrow('no such host');
    await expect(linesThrough(asked, door, 'u', '{}')).rejects.toThrow('not found');
  });

  test('that a pipeline drops are counted for all reasons', async () => {
    const text = 'logentry_dropped_lines_total{reason="drop_stage"} 3\nlogentry_dropped_lines_total{reason="x"} 2\n';
    const asked = await lab({
      '/metrics': [
        [200, text],
        [200, ''],
        [404, ''],
      ],
    });
    expect(await droppedLines(asked, base)).toBe(5);
    expect(await droppedLines(asked, base)).toBe(0);
    expect(await droppedLines(asked, base)).toBeUndefined();
  });
});
