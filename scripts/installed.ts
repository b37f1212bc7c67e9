import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const home = join(import.meta.dirname, '..');

/** Packs this package and lays it out as an installation does, below node_modules; gives its program. */
export function installed(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-package-'));
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: home, encoding: 'utf8' });
  const [archive]: { filename: string }[] = JSON.parse(packed);
  const target = join(folder, 'node_modules', 'stackproof');
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, archive?.filename ?? ''), '--strip-components=1', '-C', target]);
  symlinkSync(join(home, 'node_modules'), join(target, 'node_modules'));
  return join(target, 'bin', 'stackproof.mjs');
}
