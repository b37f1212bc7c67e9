import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { exampleRun, findEngine, readStack, requiredClaims } from '../src/index.ts';
import { compareOldStack } from './old-stack.ts';
import { type Started, start } from './started.ts';

const engine = await findEngine();
const cli = join(import.meta.dirname, '../src/cli.ts');
const nothing: Started = { status: null, stdout: '', folder: '', receipt: undefined, attempts: undefined };
/** The whole path once: its suites are those of the bundled example in `npm test`, one case here for each claim. */
const { status, stdout, folder, receipt, attempts } = 'missing' in engine ? nothing : await start(engine.docker);
const { repository, stack } = readStack(await exampleRun());
const claims = requiredClaims(repository, stack).map((claim) => claim.id);

beforeEach(({ skip }) => {
  if ('missing' in engine) skip(engine.missing);
});

function git(...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
}

describe('the suites on the bundled example', () => {
  it.each(claims)('%s', (claim) => {
    const verdict = receipt?.verdicts.find((one) => one.claim === claim);
    expect(verdict?.outcome, verdict?.cause ?? `no verdict\n${stdout}`).toBe('pass');
    expect(verdict?.looked).toBeGreaterThan(0);
  });
});

describe('npm start', () => {
  const branch = 'feature/monitoring-consolidation';

  it('goes from preview to apply: one commit with exactly the proved tree', () => {
    expect(status, stdout).toBe(0);
    expect(receipt).toMatchObject({ open: true, reasons: [] });
    expect(git('rev-parse', `${branch}^{tree}`)).toBe(receipt?.tree);
    expect(git('rev-parse', `${branch}^`)).toBe(receipt?.base);
  });

  it('sends nothing to an address outside its lab', ({ skip }) => {
    if (attempts === undefined) return skip('nobody counts here what leaves a network');
    expect(attempts.size, 'no network of the lab was seen').toBeGreaterThan(1);
    expect([...attempts].filter(([, packets]) => packets > 0)).toEqual([]);
  });

  it('is taken back by rollback, and the old stack boots as before', async () => {
    const back = spawnSync(process.execPath, [cli, 'rollback', '--repo', folder], { encoding: 'utf8' });
    expect(back.status, back.stderr).toBe(0);
    expect(git('diff', '--stat', 'main', branch)).toBe('');
    const { alike, said } = await compareOldStack(folder);
    expect(alike, said).toBe(true);
  });
});
