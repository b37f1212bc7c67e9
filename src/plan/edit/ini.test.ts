import { describe, expect, it } from 'vitest';
import type { Edit } from '../../model/plan.ts';
import { editText } from './edit.ts';
import { iniLanguage } from './ini.ts';

function edit(text: string, ...edits: Edit[]): string {
  const { text: after, problems } = editText('f.ini', text, edits, iniLanguage);
  expect(problems).toEqual([]);
  return after;
}

const grafana = `# Grafana
app_mode = production

[server]
;domain = localhost
http_port = 3000   ; the port

[auth.generic_oauth]
client_secret = "abc # def"
role=a = b
`;

describe('an edit of an INI file', () => {
  it('touches only the value', () => {
    expect(edit(grafana, { op: 'set', pointer: ['server', 'http_port'], value: 3001, expect: 3000 })).toBe(
      grafana.replace('3000', '3001'),
    );
    expect(edit(grafana, { op: 'set', pointer: ['auth.generic_oauth', 'client_secret'], value: 'x' })).toBe(
      grafana.replace('abc # def', 'x'),
    );
    expect(edit(grafana, { op: 'set', pointer: ['auth.generic_oauth', 'role'], value: 'c', expect: 'a = b' })).toBe(
      grafana.replace('a = b', 'c'),
    );
    expect(edit(grafana, { op: 'set', pointer: ['app_mode'], value: 'development' })).toBe(
      grafana.replace('production', 'development'),
    );
  });

  it('adds below the line that shows the key, else at the end of the section, else in a new one', () => {
    expect(edit(grafana, { op: 'add', pointer: ['server', 'domain'], value: 'x' })).toBe(
      grafana.replace(';domain = localhost\n', ';domain = localhost\ndomain = x\n'),
    );
    expect(edit(grafana, { op: 'add', pointer: ['server', 'protocol'], value: 'https' })).toBe(
      grafana.replace('; the port\n', '; the port\nprotocol = https\n'),
    );
    expect(edit(grafana, { op: 'add', pointer: ['dashboards', 'home'], value: '/x' })).toBe(
      `${grafana}\n[dashboards]\nhome=/x\n`,
    );
  });

  it('removes a line', () => {
    expect(edit(grafana, { op: 'remove', pointer: ['auth.generic_oauth', 'client_secret'] })).toBe(
      grafana.replace('client_secret = "abc # def"\n', ''),
    );
  });

  it('refuses a key that stands twice', () => {
    const { problems } = editText('f.ini', '[a]\nx=1\nx=2\n', [{ op: 'remove', pointer: ['a', 'x'] }], iniLanguage);
    expect(problems[0]?.message).toBe('f.ini:3:1: "x" stands twice in section "a"');
  });
});
