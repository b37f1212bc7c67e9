import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDebianRoot, must, Refusal, run, say } from './run.mjs';

const plugins = '/usr/local/lib/docker/cli-plugins';
const packaged = 'usr/libexec/docker/cli-plugins/docker-compose';

/** Makes `docker compose` answer. Debian 12 has no package of it, so the one binary of the sid package is taken. */
export async function haveCompose() {
  if (composeAnswers()) return;
  if (!isDebianRoot())
    throw new Refusal('the compose plugin is missing: install docker-compose-plugin, or run this as root on Debian');
  say(
    `the compose plugin is missing: taking it from Debian sid into ${plugins}; the system’s sources stay as they are`,
  );
  fetchCompose(plugins);
  if (!composeAnswers()) throw new Refusal(`the compose plugin in ${plugins} does not run`);
}

function composeAnswers() {
  return run('docker', ['compose', 'version']).code === 0;
}

export function fetchCompose(folder) {
  const scratch = mkdtempSync(join(tmpdir(), 'stackproof-compose-'));
  try {
    const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';
    writeFileSync(join(scratch, 'sid.list'), `deb [signed-by=${keys}] ${mirror()} sid main\n`);
    for (const path of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(scratch, path), { recursive: true });
    const options = [
      `Dir::Etc::SourceList=${scratch}/sid.list`,
      'Dir::Etc::SourceParts=-',
      `Dir::State::Lists=${scratch}/lists`,
      `Dir::Cache=${scratch}/cache`,
      'Acquire::Languages=none',
      // A mirror that lags behind is still signed.
      'Acquire::Check-Valid-Until=false',
      'APT::Sandbox::User=root',
    ].flatMap((option) => ['-o', option]);
    must('Reading the package list of Debian sid', 'apt-get', [...options, 'update', '-q'], { seconds: 300 });
    must('Fetching docker-compose', 'apt-get', [...options, 'download', 'docker-compose'], {
      cwd: scratch,
      seconds: 300,
    });
    const archive = readdirSync(scratch).find((name) => name.endsWith('.deb')) ?? '';
    must('Unpacking docker-compose', 'dpkg-deb', ['-x', archive, 'unpacked'], { cwd: scratch });
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(scratch, 'unpacked', packaged), join(folder, 'docker-compose'));
    chmodSync(join(folder, 'docker-compose'), 0o755);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

// The mirror that this machine already uses for Debian itself.
function mirror() {
  const folder = '/etc/apt/sources.list.d';
  const files = ['/etc/apt/sources.list', ...list(folder).map((name) => join(folder, name))];
  const found = files.flatMap((file) => /https?:\/\/\S+\/debian\/?(?=\s)/.exec(readText(file))?.[0] ?? []);
  if (found[0] === undefined)
    throw new Refusal('no Debian mirror stands in the sources of apt: install the compose plugin');
  return found[0];
}

function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8').replace(/^\s*#.*$/gm, '');
  } catch {
    return '';
  }
}
