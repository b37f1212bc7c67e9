import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const homes = { promtool: 'stackproof/substitute-prometheus', amtool: 'stackproof/substitute-alertmanager' } as const;

/**
 * The genuine promtool or amtool: the one in PATH, else taken out of a substitute's image into the folder.
 * @throws Error where there is neither.
 */
export function peer(name: keyof typeof homes, folder: string): string {
  if (spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0) return name;
  const [image] = docker('images', '--format', '{{.Repository}}:{{.Tag}}', homes[name]).split('\n');
  if (!image) throw new Error(`there is no ${name}: put it into PATH, or build the substitutes with "npm run images"`);
  const container = docker('create', image, name);
  const file = join(folder, name);
  try {
    docker('cp', `${container}:/bin/${name}`, file);
  } finally {
    docker('rm', container);
  }
  return file;
}

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}
