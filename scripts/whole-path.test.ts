import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findEngine, type Receipt } from '../src/index.ts';

const engine = await findEngine();
const cli = join(import.meta.dirname, '../src/cli.ts');

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
}

describe('npm start', () => {
  beforeEach(({ skip }) => {
    if ('missing' in engine) skip(engine.missing);
  });

  it('goes from preview to apply on the bundled example, and rollback takes it back', () => {
    const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, 'start.ts')], {
      encoding: 'utf8',
    });
    expect(status, stdout).toBe(0);
    const folder = /copied to (\S+)/.exec(stdout)?.[1] ?? '';
    const branch = 'feature/monitoring-consolidation';
    const receipt: Receipt = JSON.parse(readFileSync(join(folder, 'reports/receipt.json'), 'utf8'));
    expect(receipt).toMatchObject({ open: true, reasons: [] });
    expect(git(folder, 'rev-parse', `${branch}^{tree}`)).toBe(receipt.tree);
    expect(git(folder, 'rev-parse', `${branch}^`)).toBe(receipt.base);
    const back = spawnSync(process.execPath, [cli, 'rollback', '--repo', folder], { encoding: 'utf8' });
    expect(back.status, back.stderr).toBe(0);
    expect(git(folder, 'diff', '--stat', 'main', branch)).toBe('');
  });
});
