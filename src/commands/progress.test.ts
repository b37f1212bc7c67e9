import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../lab/eventually.ts';
import { startingLine } from '../lab/starting.ts';
import { followSuites, progressOn, sideBySide } from './progress.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('progress', () => {
  it('is shown on a terminal, cut to its width, and never in a pipe', () => {
    const written: string[] = [];
    const write = (text: string): number => written.push(text);
    const show = progressOn({ isTTY: true, columns: 40, write });
    show?.('x'.repeat(100));
    show?.(undefined);
    expect(written).toEqual([`\r\u001b[K${'x'.repeat(38)}…`, '\r\u001b[K']);
    expect(progressOn({ write })).toBeUndefined();
  });

  it('says which suite runs, what is waited for and what was last seen', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'stackproof-progress-')), 'progress');
    vi.stubEnv('STACKPROOF_PROGRESS', file);
    const lines: (string | undefined)[] = [];
    const end = followSuites(file, (line) => lines.push(line), 10);
    appendFileSync(file, `${JSON.stringify({ suite: 'logs', done: 3, of: 9 })}\n`);
    const nothing = eventually('the line arrives', async () => ({ done: false, seen: 'no line' }), { within: 1_500 });
    await expect(nothing).rejects.toThrow('no line');
    await expect
      .poll(() => lines.at(-1))
      .toBe('3/9 cases, logs · waiting 1 s until the line arrives; last seen: no line');
    end();
    expect(lines.at(-1)).toBeUndefined();
  });

  it('shares its line among things that go on at once, and says once what both say', () => {
    const lines: (string | undefined)[] = [];
    const said: string[] = [];
    const voice = {
      say: (line: string) => said.push(line),
      show: (line: string | undefined) => lines.push(line),
      colour: false,
    };
    const [first, second] = sideBySide(voice, 2);
    first?.show?.('3/9 cases, logs');
    second?.show?.('5 of 8 up');
    first?.show?.(undefined);
    second?.show?.(undefined);
    expect(lines).toEqual(['3/9 cases, logs', '3/9 cases, logs ‖ 5 of 8 up', '5 of 8 up', undefined]);
    first?.say('image "a" is substituted');
    second?.say('image "a" is substituted');
    expect(said).toEqual(['image "a" is substituted']);
  });

  it('names the services that are still starting', () => {
    const up = { service: 'loki', state: 'running', status: 'Up 2 seconds' };
    const ill = { service: 'grafana', state: 'running', status: 'Up 1 second (health: starting)' };
    const made = { service: 'promtail', state: 'created', status: 'Created' };
    expect(startingLine([up, ill, made])).toBe('1 of 3 up; starting: grafana (health: starting), promtail (created)');
    expect(startingLine([up])).toBe('1 of 1 up');
  });
});
