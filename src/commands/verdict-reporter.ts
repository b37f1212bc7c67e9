import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Verdict } from '../model/verdict.ts';
import { junitReport } from '../report/junit.ts';

const colours = /\u001b\[[0-9;]*m/g;

/** The projects whose cases need an engine: for a running stack, or for a genuine program out of its image. */
const liveProjects = new Set(['peers', 'live', 'after', 'path']);

/**
 * Turns vitest's results into verdicts: `reports/verdicts.json` for the suites' claims and what broke outside them, and `reports/junit.xml` for
 * every case. `STACKPROOF_VERDICTS` names another file for the verdicts and leaves the rest to whoever asked.
 */
export default class VerdictReporter implements Reporter {
  private of = 0;
  private done = 0;

  onTestModuleCollected(module: TestModule): void {
    this.of += [...module.children.allTests()].length;
  }

  onTestCaseResult(test: TestCase): void {
    this.done += 1;
    const file = process.env['STACKPROOF_PROGRESS'] ?? '';
    if (file === '') return;
    const suite = (test.meta().claim ?? test.module.relativeModuleId).split(': ')[0];
    appendFileSync(file, `${JSON.stringify({ suite, done: this.done, of: this.of })}\n`);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly { message: string }[]): void {
    const all: Verdict[] = [];
    const claims: Verdict[] = [];
    const broken: Verdict[] = [];
    let unknownLive = 0;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const verdict = verdictOf(module, test);
        all.push(verdict);
        if (test.meta().claim !== undefined) claims.push(verdict);
        if (verdict.outcome === 'unknown' && liveProjects.has(module.project.name)) unknownLive += 1;
      }
      const suites = [...module.children.allSuites()].flatMap((suite) => suite.errors());
      broken.push(...[...module.errors(), ...suites].map((error) => brokenModule(module, error.message)));
    }
    broken.push(...unhandled.map((error) => brokenModule(undefined, error.message)));
    all.push(...broken);
    const asked = process.env['STACKPROOF_VERDICTS'];
    write(asked ?? join('reports', 'verdicts.json'), `${JSON.stringify([...claims, ...broken], null, 2)}\n`);
    if (asked !== undefined) return;
    write(join('reports', 'junit.xml'), junitReport(all));
    const count = (...outcomes: Verdict['outcome'][]): number =>
      all.filter((verdict) => outcomes.includes(verdict.outcome)).length;
    const unknown = all.filter((verdict) => verdict.outcome === 'unknown');
    for (const cause of new Set(unknown.map((verdict) => `${verdict.suite}: UNKNOWN, not passed: ${verdict.cause}`)))
      console.log(cause);
    const missed = process.env['STACKPROOF_REQUIRE_LIVE'] === '1' ? unknownLive : 0;
    if (missed > 0) {
      console.log('STACKPROOF_REQUIRE_LIVE=1 asks for every live case: unknown counts as failed.');
      process.exitCode = 1;
    }
    const skipped = unknown.length > missed ? `, ${unknown.length - missed} skipped` : '';
    console.log(`${count('pass')} passed, ${count('fail', 'error') + missed} failed${skipped}`);
  }
}

function verdictOf(module: TestModule, test: TestCase): Verdict {
  const { claim, looked = 0, unknown, seen, note } = test.meta();
  const result = test.result();
  const suite = claim === undefined ? module.relativeModuleId.replace(/\.ts$/, '') : (claim.split(': ')[0] ?? '');
  const subject = claim === undefined ? test.fullName : claim.slice(suite.length + 2);
  const seconds = (test.diagnostic()?.duration ?? 0) / 1000;
  const base = { claim: claim ?? `${suite}: ${subject}`, suite, subject, looked, seconds };
  if (result.state === 'passed') return { ...base, outcome: 'pass', ...optional({ seen, note }) };
  if (result.state !== 'failed')
    return {
      ...base,
      outcome: 'unknown',
      cause: unknown ?? (result.state === 'skipped' ? result.note : undefined) ?? 'did not run',
    };
  const words = result.errors.map((error) => error.message.replace(colours, '')).join('\n');
  const asserted = result.errors.some((error) => error.name === 'AssertionError');
  return { ...base, outcome: asserted ? 'fail' : 'error', cause: words };
}

function optional(met: { seen: string | undefined; note: string | undefined }): Pick<Verdict, 'seen' | 'note'> {
  return {
    ...(met.seen === undefined ? {} : { seen: met.seen }),
    ...(met.note === undefined ? {} : { note: met.note }),
  };
}

function brokenModule(module: TestModule | undefined, message: string): Verdict {
  const suite = module?.relativeModuleId.replace(/\.ts$/, '') ?? 'run';
  return {
    claim: `${suite}: loads`,
    suite,
    subject: 'loads',
    outcome: 'error',
    looked: 0,
    cause: message.replace(colours, ''),
  };
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
