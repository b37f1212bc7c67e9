import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { candidateOf, findEngine, readStack, requiredClaims, type Verdict } from '../src/index.ts';

const cli = resolve(import.meta.dirname, '../src/cli.ts');
const { STACKPROOF_REPO: repo, STACKPROOF_PLAN: plan } = process.env;
const engine = await findEngine();

/** `STACKPROOF_REPO=DIR [STACKPROOF_PLAN=FILE] npm test` states every claim of that repository, a case for each. */
describe.runIf(repo !== undefined)(`the suites on ${repo}`, async () => {
  if (repo === undefined) return;
  const candidate = await candidateOf(resolve(repo), plan);
  const { repository, stack } = readStack(candidate);
  const reports = mkdtempSync(join(tmpdir(), 'stackproof-named-'));
  let verdicts: Verdict[] = [];
  let said = '';

  beforeEach(({ skip }) => {
    if ('missing' in engine) skip(engine.missing);
  });

  beforeAll(async () => {
    if ('missing' in engine) return;
    const planned = plan === undefined ? [] : ['--plan', resolve(plan)];
    const args = [cli, 'verify', '--repo', resolve(repo), '--stack', candidate.stack, ...planned, '--reports', reports];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await new Promise((done) => child.on('close', done));
    const file = join(reports, 'verdicts.json');
    if (existsSync(file)) verdicts = JSON.parse(readFileSync(file, 'utf8'));
  }, 3_600_000);

  it.each(requiredClaims(repository, stack).map(({ id }) => id))('%s', (claim) => {
    const verdict = verdicts.find((one) => one.claim === claim);
    expect(verdict?.outcome, verdict?.cause ?? `no verdict\n${said}`).toBe('pass');
    expect(verdict?.looked).toBeGreaterThan(0);
  });
});
