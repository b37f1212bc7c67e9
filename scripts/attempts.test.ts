import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, findEngine } from '../src/index.ts';
import { helperImage } from '../src/lab/helper.ts';
import { resolveImages } from '../src/lab/images.ts';
import { ownerOf } from '../src/model/owner.ts';
import { attemptsOf, packetsFrom, whyUncounted } from './attempts.ts';

const engine = await findEngine();
const uncounted = whyUncounted();
const network = `stackproof-attempts-${randomBytes(3).toString('hex')}`;
const labels = ['--label', `stackproof.lab=${network}`, '--label', `stackproof.owner=${ownerOf()}`];

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8' }).trim();
}

describe('the count of what leaves a lab', () => {
  beforeEach(({ skip }) => {
    if ('missing' in engine) skip(engine.missing);
    if (uncounted !== undefined) skip(uncounted);
  });

  beforeAll(() => {
    if ('missing' in engine) return;
    docker('network', 'create', '--internal', ...labels, network);
  });

  afterAll(() => {
    if (!('missing' in engine)) docker('network', 'rm', network);
  });

  it('sees a container dial an address that nobody has', async () => {
    if ('missing' in engine) return;
    expect((await attemptsOf(engine.docker)).get(network)).toBe(0);
    const { used } = await resolveImages(engine.docker, { it: helperImage }, { pull: true, substitutes: 'allow' });
    // 192.0.2.0/24 is for documentation (RFC 5737); from an internal network no packet gets there.
    const dial =
      "require('net').connect({host:'192.0.2.7',port:80}).on('error',()=>0);setTimeout(()=>process.exit(),30000)";
    const image = used[0]?.image ?? helperImage;
    const detached = ['--detach', '--rm', ...labels, '--network', network];
    const id = docker('run', ...detached, '--entrypoint', 'node', image, '-e', dial);
    const seen = await eventually(
      'the attempt is counted',
      async () => {
        const counted = [...(await attemptsOf(engine.docker)).values()].reduce((sum, count) => sum + count, 0);
        return counted > 0 ? { done: true, value: counted } : { done: false, seen: 'none' };
      },
      { within: 20_000 },
    ).finally(() => docker('rm', '--force', id));
    expect(seen).toBeGreaterThan(0);
  });

  it('does not take a rule that is missing for a count of none', () => {
    expect(() => packetsFrom(['[3:180] -A FORWARD -i br-other -j DROP'], 'br-abc')).toThrow('no rule');
  });
});
