import { appendFileSync, writeFileSync } from 'node:fs';
import { messageOf, type Verdict } from '../src/index.ts';
import { runCases } from './support/cases.ts';
import { duties, stated } from './support/prove.ts';

/** Every suite and the file that states its cases. */
const files: Readonly<Record<string, () => Promise<unknown>>> = {
  static: () => import('./static/check.suite.ts'),
  boot: () => import('./live/boot.suite.ts'),
  'scrape-targets': () => import('./live/scrape-targets.suite.ts'),
  rules: () => import('./live/rules.suite.ts'),
  dashboards: () => import('./live/dashboards.suite.ts'),
  'alert-routing': () => import('./live/alert-routing.suite.ts'),
  logs: () => import('./live/logs.suite.ts'),
  'log-restarts': () => import('./after/log-restarts.suite.ts'),
  'mail-faults': () => import('./after/mail-faults.suite.ts'),
  'end-to-end': () => import('./after/end-to-end.suite.ts'),
  faults: () => import('./after/faults.suite.ts'),
  reload: () => import('./after/reload.suite.ts'),
  backup: () => import('./after/backup.suite.ts'),
  'engine-restart': () => import('./after/engine-restart.suite.ts'),
};

const broken: Verdict[] = [];

/**
 * Runs the suites that `STACKPROOF_SUITES` names on the run that `STACKPROOF_RUN` describes, and writes their verdicts to
 * `STACKPROOF_VERDICTS`. A process of their own: what breaks it does not end whoever takes the lab down.
 */
async function main(suites: readonly string[], file: string, progress: string): Promise<void> {
  for (const suite of suites) {
    try {
      await files[suite]?.();
    } catch (problem) {
      note(suite, problem);
    }
  }
  const of = stated.reduce((sum, { cases }) => sum + cases.length, 0);
  let done = 0;
  const verdicts = await runCases(stated, (verdict) => {
    const { suite, claim, outcome, seconds = 0, cause } = verdict;
    done += 1;
    console.log(
      `${outcome} ${seconds.toFixed(1)} s ${claim}${cause === undefined ? '' : `\n  ${cause.replaceAll('\n', '\n  ')}`}`,
    );
    if (progress !== '') appendFileSync(progress, `${JSON.stringify({ suite, done, of })}\n`);
  });
  for (const duty of duties) await duty().catch((problem: unknown) => note('run', problem));
  const all = [...verdicts, ...broken];
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
  // Connections into the lab, and what a case that was late still does, would keep the process.
  process.exit(all.some(({ outcome }) => outcome === 'fail' || outcome === 'error') ? 1 : 0);
}

/** What broke outside the cases keeps the gate shut as a claim that broke. */
function note(suite: string, problem: unknown): void {
  console.error(problem);
  const what = { claim: `${suite}: loads`, suite, subject: 'loads' };
  broken.push({ ...what, outcome: 'error', looked: 0, cause: messageOf(problem) });
}

process.on('unhandledRejection', (problem) => note('run', problem));
process.on('uncaughtException', (problem) => note('run', problem));
// Whoever started the suites takes the lab down; when it was killed, be it while they were loaded, nobody waits for
// verdicts any more, and what is written has nobody to read it.
const orphaned = (): void => process.exit(1);
process.stdout.on('error', orphaned);
process.stderr.on('error', orphaned);
setInterval(() => {
  if (String(process.ppid) !== process.env['STACKPROOF_PARENT']) orphaned();
}, 500).unref();

const {
  STACKPROOF_SUITES: suites = '',
  STACKPROOF_VERDICTS: file = '',
  STACKPROOF_PROGRESS: progress = '',
} = process.env;
await main(suites.split(',').filter(Boolean), file, progress);
