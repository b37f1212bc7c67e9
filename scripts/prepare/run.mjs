import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What cannot be prepared, in one sentence. */
export class Refusal extends Error {}

export function say(text) {
  console.log(`prepare: ${text}`);
}

/** Runs a program within a time limit; a program that is missing answers with a code of its own, 127. */
export function run(command, args, { seconds = 60, ...options } = {}) {
  const done = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: seconds * 1000,
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  const code = done.error === undefined ? (done.status ?? 1) : done.error.code === 'ENOENT' ? 127 : 1;
  return { code, stdout: done.stdout ?? '', stderr: done.stderr || done.error?.message || '' };
}

export function must(what, command, args, options) {
  const { code, stdout, stderr } = run(command, args, options);
  if (code === 0) return stdout;
  const lines = (stderr || stdout).trim().split('\n');
  const reason = lines.find((line) => /^E: |\berror:? (\S+ ){3}/i.test(line)) ?? lines.at(-1);
  throw new Refusal(`${what} failed with exit code ${code}: ${reason?.trim() || 'nothing was printed'}`);
}

/** Whether packages can be installed here: Debian or a child of it, and we are root. */
export function isDebianRoot() {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0 && run('apt-get', ['--version']).code === 0;
}

export function install(...packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  must('apt-get update', 'apt-get', ['update', '-q'], { env, seconds: 300 });
  const args = ['install', '-y', '-q', '--no-install-recommends', ...packages];
  must(`Installing ${packages.join(', ')}`, 'apt-get', args, { env, seconds: 600 });
}
