import { existsSync, readFileSync } from 'node:fs';
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
    installPackages(root);
  }
  if (nodeMajor(root) >= oldestNode) return;
  say(`node_modules/.bin/node is not Node ${oldestNode}: running npm rebuild node`);
  npm(root, 'rebuild', 'node', '--foreground-scripts');
  const major = nodeMajor(root);
  if (major >= oldestNode || runsOnNewNode()) return;
  throw new Refusal(
    `Node ${oldestNode} is needed, but node_modules/.bin/node is ${major > 0 ? `Node ${major}` : 'missing'} and this is Node ${process.versions.node}: install Node ${oldestNode}.`,
  );
}

/** Why the installed packages are not those of the lock file; undefined when they are. Optional ones may be absent. */
export function misfit(lock, installed) {
  if (installed === undefined) return 'node_modules is missing';
  for (const [path, wanted] of Object.entries(lock.packages)) {
    if (path === '' || wanted.link) continue;
    const found = installed.packages[path];
    if (found === undefined && !wanted.optional && !wanted.devOptional) return `${path} is missing`;
    if (found !== undefined && found.version !== wanted.version)
      return `${path} is ${found.version} where package-lock.json has ${wanted.version}`;
  }
  return undefined;
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
function installPackages(root) {
  try {
    npm(root, 'ci', '--no-audit', '--no-fund', '--include=dev');
  } catch (problem) {
    if (!/package-lock\.json .* in sync/.test(problem.message)) throw problem;
    say('npm ci finds package-lock.json incomplete: running npm install --no-save, which keeps its versions');
    npm(root, 'install', '--no-save', '--no-audit', '--no-fund', '--include=dev');
  }
}

function npm(root, ...args) {
  must(`npm ${args[0]}`, 'npm', args, { cwd: root, seconds: 900, stdio: ['ignore', 'pipe', 'pipe'] });
}

function nodeMajor(root) {
  const { stdout } = run(join(root, 'node_modules/.bin/node'), ['--version']);
  return Number(/^v(\d+)\./.exec(stdout)?.[1] ?? 0);
}

function runsOnNewNode() {
  return Number(process.versions.node.split('.')[0]) >= oldestNode;
}
