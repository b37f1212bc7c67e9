import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { whenEnded } from '../lab/leaving.ts';
import type { Verdict } from '../model/verdict.ts';
import { followSuites, type ShowProgress } from './progress.ts';
import { packageFolder } from './subject.ts';

/** Which suites to run on which prepared run, and where their own output goes. */
export interface SuiteRequest {
  readonly runFile: string;
  /** Names of live suites, and `static`. */
  readonly suites: readonly string[];
  /** The part of the cases that is run, for instance `1/3`; all where there is none. */
  readonly shard?: string;
  /** The command by which the suite that restarts the engine does so. */
  readonly restartEngine?: string;
  readonly verdicts: string;
  readonly log: string;
  /** Shows which suite runs and what is waited for. */
  readonly show?: ShowProgress;
}

/** Below node_modules Node takes no types away (https://nodejs.org/api/typescript.html): there the suites are in the bundle. */
const program = join(packageFolder, packageFolder.includes('/node_modules/') ? 'dist/suites.mjs' : 'suites/main.ts');

/**
 * Runs suites in a process of their own and reads the verdicts they leave. Cases that did not run
 * leave none: the gate misses them.
 * @throws Error naming the log when the process itself broke: it left nothing, was ended by a signal, or failed although no
 * verdict did.
 */
export async function runSuites(request: SuiteRequest): Promise<Verdict[]> {
  const progress = `${request.verdicts}.progress`;
  for (const stale of [request.verdicts, progress]) rmSync(stale, { force: true });
  mkdirSync(dirname(request.log), { recursive: true });
  let end = async (): Promise<void> => undefined;
  const forget = whenEnded(() => end());
  const log = createWriteStream(request.log, { flags: 'a' });
  const child = spawn(process.execPath, [program], {
    cwd: packageFolder,
    env: {
      ...process.env,
      STACKPROOF_RUN: request.runFile,
      STACKPROOF_PARENT: String(process.pid),
      STACKPROOF_VERDICTS: request.verdicts,
      STACKPROOF_SUITES: request.suites.join(','),
      ...(request.show === undefined ? {} : { STACKPROOF_PROGRESS: progress }),
      STACKPROOF_SHARD: request.shard ?? '',
      STACKPROOF_ENGINE_RESTART: request.restartEngine ?? '',
      NO_COLOR: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const unfollow = request.show === undefined ? () => undefined : followSuites(progress, request.show);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  end = async () => {
    // Who told this process to end may look for what is left as soon as it is gone.
    child.kill();
    await closed;
  };
  const code = await closed.finally(unfollow).finally(forget);
  log.end();
  const how = code === null ? 'ended by a signal' : `exit ${code}`;
  if (code === null || !existsSync(request.verdicts))
    throw new Error(`the suites broke before they could report (${how}); see ${request.log}`);
  const verdicts: Verdict[] = JSON.parse(readFileSync(request.verdicts, 'utf8'));
  const red = verdicts.some(({ outcome }) => outcome === 'fail' || outcome === 'error');
  if (code !== 0 && !red) throw new Error(`the suites broke outside their cases (${how}); see ${request.log}`);
  return verdicts;
}
