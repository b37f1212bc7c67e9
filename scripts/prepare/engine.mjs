import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pingEngine } from './ping.mjs';
import { install, isDebianRoot, Refusal, run, say } from './run.mjs';

/** Finds the engine, or installs and starts one where that is possible. What others started is never touched. */
export async function haveEngine() {
  const elsewhere = process.env.DOCKER_HOST;
  // A service container of a CI job needs some seconds until its engine listens.
  if (await pingEngine(elsewhere?.startsWith('tcp:') ? 30 : 0)) return haveClient();
  if (clientReaches()) return;
  if (elsewhere !== undefined) throw new Refusal(`DOCKER_HOST is ${elsewhere}, and no engine answers there`);
  if (process.platform !== 'linux' || !isDebianRoot())
    throw new Refusal('no engine answers, and one can be installed here by root on Debian only');
  if (run('dockerd', ['--version']).code !== 0) {
    say('no Docker engine here: installing Debian’s docker.io');
    install('docker.io', ...clientPackage());
  }
  if (!(await pingEngine(3))) await startEngine();
  haveClient();
}

// An engine of a context or over ssh, which only the client knows how to reach.
function clientReaches() {
  return run('docker', ['version', '--format', '{{.Server.Version}}'], { seconds: 20 }).code === 0;
}

function haveClient() {
  if (run('docker', ['--version']).code === 0) return;
  if (!isDebianRoot()) throw new Refusal('an engine answers, but the docker command is missing: install it');
  say('an engine answers, but the docker command is missing: installing it from Debian');
  install(...(clientPackage().length > 0 ? clientPackage() : ['docker.io']));
}

// Up to Debian 12 the command is in docker.io, from 13 on it is a package of its own.
function clientPackage() {
  return /Candidate: \d/.test(run('apt-cache', ['policy', 'docker-cli']).stdout) ? ['docker-cli'] : [];
}

/** Starts dockerd in a session of its own: it outlives this program, and is left running. */
async function startEngine() {
  const log = join(tmpdir(), 'stackproof-dockerd.log');
  say(`starting dockerd; it stays after this program, its log is ${log}`);
  const file = openSync(log, 'w');
  const child = spawn('dockerd', [], { detached: true, stdio: ['ignore', file, file] });
  closeSync(file);
  let ended = false;
  for (const event of ['error', 'exit']) child.once(event, () => (ended = true));
  child.unref();
  if (await pingEngine(60, () => ended)) return;
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  const reason = lines.findLast((line) => /fail|fatal|error/i.test(line)) ?? lines.at(-1);
  throw new Refusal(`dockerd was started and does not answer; its log ends with: ${reason}`);
}
