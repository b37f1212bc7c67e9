import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { probed } from '../../scripts/tables/probe.ts';
import { ownerOf } from '../model/owner.ts';
import type { Home } from './home.ts';
import { takeLock } from './lock.ts';
import { outside } from './outside.ts';

const living = ownerOf(process.ppid);
const gone = `${hostname()}/${spawnSync(process.execPath, ['--version']).pid}`;

function homes(): { folder: string; home: (run: string) => Home } {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-lock-'));
  return { folder, home: (run) => ({ repo: folder, folder, own: join(folder, `run-${run}`), run }) };
}

function put(folder: string, name: string, run: string, owner: string): void {
  writeFileSync(join(folder, name), JSON.stringify({ run, owner, since: '2026-01-02T03:04:05Z' }));
}

describe('the lock', () => {
  it('is held by one and free again when released', () => {
    const { folder, home } = homes();
    const lock = takeLock(home('a'), outside, living);
    expect(lock).toHaveProperty('release');
    expect(takeLock(home('b'), outside)).toEqual({
      held: expect.stringMatching(
        new RegExp(`^another stackproof changes this repository \\(process ${process.ppid} on `),
      ),
    });
    if ('release' in lock) lock.release();
    expect(takeLock(home('c'), outside)).toHaveProperty('release');
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it.each([
    ['of a killed run is taken over', { lock: gone }],
    ['is taken over though who took it over before was killed too', { lock: gone, 'lock-after-lock': gone }],
    ['of this very process is one that stayed', { lock: ownerOf() }],
  ])('%s', (_, locks) => {
    const { folder, home } = homes();
    for (const [name, owner] of Object.entries(locks)) put(folder, name, name, owner);
    expect(takeLock(home('a'), outside)).toHaveProperty('release');
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it.each([
    [
      'of another machine is left',
      JSON.stringify({ run: 'x', owner: 'elsewhere/1/2', since: 'then' }),
      /process 1 on elsewhere, since then/,
    ],
    ['that is no lock is left', 'not JSON', /cannot be read .*remove it if no stackproof runs here/],
  ])('%s', (_, text, words) => {
    const { folder, home } = homes();
    writeFileSync(join(folder, 'lock'), text);
    expect(takeLock(home('a'), outside)).toEqual({ held: expect.stringMatching(words) });
  });

  it.each([['free'], ['stale']])('never has two holders, wherever another comes in between: %s', (state) => {
    let won = 0;
    for (let nth = 1; nth <= 12; nth += 1) {
      const { folder, home } = homes();
      if (state === 'stale') put(folder, 'lock', 'old', gone);
      let calls = 0;
      let other: ReturnType<typeof takeLock> = { held: 'did not come' };
      const between = probed((_, act) => {
        calls += 1;
        if (calls === nth) other = takeLock(home('b'), outside, living);
        return act();
      });
      const mine = takeLock(home('a'), between);
      const holders = [mine, other].filter((lock) => 'release' in lock).length;
      expect(holders, `call ${nth}`).toBeLessThanOrEqual(1);
      won += holders;
    }
    expect(won).toBeGreaterThan(8);
  });
});
