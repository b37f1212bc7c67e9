import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runSuites } from './run-suites.ts';

it('takes no verdicts of an earlier run for those of a run that broke', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-suites-'));
  const stale = join(folder, 'verdicts.json');
  writeFileSync(stale, JSON.stringify([{ claim: 'boot: a', suite: 'boot', subject: 'a', outcome: 'pass', looked: 1 }]));
  const broken = runSuites({
    runFile: join(folder, 'nowhere.json'),
    suites: ['boot'],
    verdicts: stale,
    log: join(folder, 'suites.log'),
  });
  await expect(broken).rejects.toThrow(/the suites broke before they could report \(exit 1\); see .*suites\.log/);
});
