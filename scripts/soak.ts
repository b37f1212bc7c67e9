import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Verdict } from '../src/index.ts';
import { gitCopy } from './whole-path.ts';

const home = resolve(import.meta.dirname, '..');
const cli = join(home, 'src/cli.ts');

/** What one run of the soak came to. */
interface Run {
  readonly seconds: number;
  readonly code: number;
  readonly reds: readonly Red[];
}

/** A claim that did not pass, or a run that gave no verdict (without `claim`). */
interface Red {
  readonly claim?: string;
  /** How it ended, and the first line of why. */
  readonly why: string;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repo: { type: 'string', default: join(home, 'fixtures/repositories/before') },
    plan: { type: 'string' },
    'one-cpu': { type: 'boolean', default: false },
    quiet: { type: 'string', default: '30' },
    reports: { type: 'string', default: join(home, 'reports/soak') },
  },
});
const [count = '10'] = positionals;
if (!/^[1-9]\d{0,3}$/.test(count) || positionals.length > 1) {
  console.error('npm run soak -- N [--repo DIR --plan FILE] [--one-cpu] [--quiet SECONDS] [--reports DIR]');
  process.exit(2);
}
const plan = values.plan ?? (values.repo.startsWith(home) ? join(home, 'plans/example/plan.yaml') : undefined);
const copy = gitCopy(resolve(values.repo), 'soak');
const runs: Run[] = [];
for (let number = 1; number <= Number(count); number += 1) {
  const run = verify(join(values.reports, String(number)));
  runs.push(run);
  const outcome =
    run.code === 0
      ? 'green'
      : `exit ${run.code}: ${run.reds.map(({ claim, why }) => `${claim ?? ''} ${why}`.trim()).join('; ') || 'see the log'}`;
  console.log(`${number}/${count} ${run.seconds.toFixed(0)} s ${outcome}`);
}
rmSync(copy, { recursive: true, force: true });
console.log(summary());
process.exitCode = runs.every((run) => run.code === 0) ? 0 : 1;

/** One whole proof in a process of its own; the reports of a green one are not kept. */
function verify(reports: string): Run {
  mkdirSync(reports, { recursive: true });
  const args = [cli, 'verify', '--repo', copy, ...(plan === undefined ? [] : ['--plan', resolve(plan)])];
  const [program = '', ...rest] = [...(values['one-cpu'] ? ['taskset', '-c', '0'] : []), process.execPath, ...args];
  const from = performance.now();
  const { status, stderr } = spawnSync(program, [...rest, '--reports', reports], {
    encoding: 'utf8',
    env: {
      ...process.env,
      STACKPROOF_QUIET: values.quiet,
      ...(values['one-cpu'] ? { STACKPROOF_CPUSET: '0' } : {}),
    },
  });
  const seconds = (performance.now() - from) / 1000;
  const code = status ?? 1;
  const file = join(reports, 'verdicts.json');
  const verdicts: Verdict[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const reds = verdicts
    .filter((verdict) => verdict.outcome !== 'pass')
    .map(({ claim, outcome, cause }) => ({ claim, why: `${outcome}: ${cause?.split('\n')[0] ?? ''}` }));
  if (code === 0) rmSync(reports, { recursive: true, force: true });
  return { seconds, code, reds: verdicts.length === 0 ? [{ why: stderr.trim().split('\n').at(-1) ?? '' }] : reds };
}

function summary(): string {
  const green = runs.filter((run) => run.code === 0).length;
  const times = runs.map((run) => run.seconds).sort((a, b) => a - b);
  const [least = 0, most = 0] = [times[0], times.at(-1)];
  const flaky = new Map<string, number>();
  for (const { claim, why } of runs.flatMap((run) => run.reds))
    flaky.set(claim ?? why, (flaky.get(claim ?? why) ?? 0) + 1);
  return [
    `${runs.length} runs${values['one-cpu'] ? ' with one processor' : ''}, ${green} green; the longest took ${(most / least).toFixed(2)} times the shortest`,
    ...[...flaky].map(([claim, times]) => `  ${times} times not passed: ${claim}`),
  ].join('\n');
}
