import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { abilitiesOf, findEngine } from './engine.ts';

const engine = await findEngine();
afterEach(() => vi.unstubAllEnvs());

describe('an engine that answers', () => {
  it('can boot a copy', async ({ skip }) => {
    if ('missing' in engine) return skip(engine.missing);
    expect(await abilitiesOf(engine.docker)).toMatchObject({
      cpus: expect.any(Number),
      startInterval: expect.any(Boolean),
    });
  });

  it.each<[string, string, string, RegExp]>([
    ['is not taken for one that nobody finds', 'DOCKER_HOST', 'tcp://nowhere.invalid:1', /not to the docker command/],
    ['is not taken for the one that was meant', 'DOCKER_HOST', 'unix:///nowhere.sock', /not to the docker command/],
    ['is of no use without the docker command', 'PATH', mkdtempSync(join(tmpdir(), 'no-path-')), /ENOENT/],
  ])('%s', async (_, name, value, words) => {
    if ('missing' in engine) return expect(engine.missing).not.toBe('');
    vi.stubEnv(name, value);
    expect(await abilitiesOf(engine.docker)).toEqual({ obstacle: expect.stringMatching(words) });
  });
});
