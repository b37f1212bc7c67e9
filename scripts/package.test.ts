import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const home = join(import.meta.dirname, '..');

/** Packs this package and lays it out as an installation does: below node_modules, where Node strips no types. */
function installed(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-package-'));
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: home, encoding: 'utf8' });
  const [archive]: { filename: string }[] = JSON.parse(packed);
  const target = join(folder, 'node_modules', 'stackproof');
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, archive?.filename ?? ''), '--strip-components=1', '-C', target]);
  symlinkSync(join(home, 'node_modules'), join(target, 'node_modules'));
  return join(target, 'bin', 'stackproof.mjs');
}

describe('the installed package', () => {
  it('checks a repository, and needs nothing that is not packed', () => {
    const program = installed();
    const example = join(home, 'fixtures/repositories/before');
    const plan = join(home, 'plans/example/plan.yaml');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, 'check', '--repo', example, '--plan', plan],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('0 errors');
    expect(status).toBe(0);
  });
});
