import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const home = join(import.meta.dirname, '..');

/** Packs this package and lays it out as an installation does, below node_modules; gives its program. */
export function installed(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-package-'));
  // As pre-commit has it packed (https://github.com/pre-commit/pre-commit/blob/v3.0.4/pre_commit/languages/node.py): all that
  // is printed is the name of the archive.
  const archive = execFileSync('npm', ['pack', '--pack-destination', folder], { cwd: home, encoding: 'utf8' }).trim();
  const target = join(folder, 'node_modules', 'stackproof');
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, archive), '--strip-components=1', '-C', target]);
  symlinkSync(join(home, 'node_modules'), join(target, 'node_modules'));
  return join(target, 'bin', 'stackproof.mjs');
}
