import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
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
