import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findEngine } from '../src/index.ts';
import { helperImage } from '../src/lab/helper.ts';
import { resolveImages } from '../src/lab/images.ts';
import { ownerOf } from '../src/model/owner.ts';
import { attemptsOf, packetsFrom, whyUncounted } from './attempts.ts';

const engine = await findEngine();
const uncounted = whyUncounted();
const network = `stackproof-attempts-${randomBytes(3).toString('hex')}`;

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
    const labels = [`stackproof.lab=${network}`, `stackproof.owner=${ownerOf()}`].flatMap((label) => [
      '--label',
      label,
    ]);
    docker('network', 'create', '--internal', ...labels, network);
  });

  afterAll(() => {
    if (!('missing' in engine)) docker('network', 'rm', network);
  });

  it('sees a container dial an address that nobody has', async () => {
    if ('missing' in engine) return;
    expect((await attemptsOf(engine.docker)).get(network)).toBe(0);
    const { used } = await resolveImages(engine.docker, { it: helperImage }, { pull: true, substitutes: 'allow' });
    // 192.0.2.0/24 is for documentation (RFC 5737); the internal network drops the packet.
    const dial =
      "require('net').connect({host:'192.0.2.7',port:80}).on('error',()=>0);setTimeout(()=>process.exit(),500)";
    docker('run', '--rm', '--network', network, '--entrypoint', 'node', used[0]?.image ?? helperImage, '-e', dial);
    expect((await attemptsOf(engine.docker)).get(network)).toBeGreaterThan(0);
  });

  it('does not take a rule that is missing for a count of none', () => {
    expect(() => packetsFrom(['[3:180] -A FORWARD -i br-other -j DROP'], 'br-abc')).toThrow('no rule');
  });
});
