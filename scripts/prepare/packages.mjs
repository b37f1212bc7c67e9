import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must, Refusal, run, say } from './run.mjs';

const oldestNode = 24;

/** Makes node_modules fit package-lock.json, with a Node that is new enough for the programs in it. */
export async function haveDependencies(root) {
  const lock = readLock(join(root, 'package-lock.json'));
  if (lock === undefined) throw new Refusal('package-lock.json cannot be read, so it is not known what to install.');
  const problem = misfit(lock, readLock(join(root, 'node_modules/.package-lock.json')));
  if (problem !== undefined) {
    say(`${problem}: running npm ci`);
    installPackages(root, lock.packages['node_modules/node'].version);
  }
  if (nodeMajor(root) >= oldestNode) return;
  say(`node_modules/.bin/node is not Node ${oldestNode}: running npm rebuild node`);
  npm(root, process.env.PATH, 'rebuild', 'node');
  const major = nodeMajor(root);
  if (major >= oldestNode || runsOnNewNode()) return;
  throw new Refusal(
    `Node ${oldestNode} is needed, but node_modules/.bin/node is ${major > 0 ? `Node ${major}` : 'missing'} and this is Node ${process.versions.node}: install Node ${oldestNode}.`,
  );
}

/** Why the installed packages are not those of the lock file; undefined when they are. */
export function misfit(lock, installed) {
  if (installed === undefined) return 'node_modules is missing';
  for (const [path, wanted] of Object.entries(lock.packages)) {
    if (path === '' || wanted.link) continue;
    const found = installed.packages[path];
    if (found === undefined && isNeeded(wanted)) return `${path} is missing`;
    if (found !== undefined && found.version !== wanted.version)
      return `${path} is ${found.version} where package-lock.json has ${wanted.version}`;
  }
  return undefined;
}

// Optional packages may be absent, except those made for just this platform: the programs need their native part.
function isNeeded({ optional, devOptional, os, cpu, libc }) {
  if (!optional && !devOptional) return true;
  const here = process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
  return (
    os?.includes(process.platform) === true &&
    cpu?.includes(process.arch) === true &&
    (libc === undefined || libc.includes(here))
  );
}

function readLock(file) {
  if (!existsSync(file)) return undefined;
  try {
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    return typeof lock.packages === 'object' ? lock : undefined;
  } catch {
    return undefined;
  }
}

// npm ci refuses a lock file that lacks packages of other platforms, as one has that was written where the registry did not know them.
function installPackages(root, nodeVersion) {
  const fresh = runsOnNewNode() ? undefined : freshNode(nodeVersion);
  const path = fresh === undefined ? process.env.PATH : `${join(fresh, 'node_modules/.bin')}:${process.env.PATH}`;
  try {
    npm(root, path, 'ci', '--include=dev');
  } catch (problem) {
    if (!/package-lock\.json .* in sync/.test(problem.message)) throw problem;
    say('npm ci finds package-lock.json incomplete: running npm install --no-save, which keeps its versions');
    npm(root, path, 'install', '--no-save', '--include=dev');
  } finally {
    if (fresh !== undefined) rmSync(fresh, { recursive: true, force: true });
  }
}

// On an older Node npm silently leaves out the native packages whose "engines" ask for a newer one.
function freshNode(version) {
  say(`this is Node ${process.versions.node}: npm runs on Node ${version}, of the npm package "node"`);
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-node-'));
  const wanted = { private: true, dependencies: { node: version }, allowScripts: { node: true } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(wanted));
  npm(folder, process.env.PATH, 'install');
  return folder;
}

function npm(cwd, path, ...args) {
  const env = { ...process.env, PATH: path };
  must(`npm ${args[0]}`, 'npm', [...args, '--no-audit', '--no-fund'], { cwd, env, seconds: 900 });
}

function nodeMajor(root) {
  const { stdout } = run(join(root, 'node_modules/.bin/node'), ['--version']);
  return Number(/^v(\d+)\./.exec(stdout)?.[1] ?? 0);
}

function runsOnNewNode() {
  return Number(process.versions.node.split('.')[0]) >= oldestNode;
}
