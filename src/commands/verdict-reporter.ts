import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Verdict } from '../model/verdict.ts';
import { junitReport } from '../report/junit.ts';

const colours = /\u001b\[[0-9;]*m/g;

/** The projects whose cases need an engine: for a running stack, or for a genuine program out of its image. */
const liveProjects = new Set(['peers', 'path']);

/** Turns vitest's results into verdicts: `reports/junit.xml` for every case, and a last line that counts them. */
export default class VerdictReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly { message: string }[]): void {
    const all: Verdict[] = [];
    let unknownLive = 0;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const verdict = verdictOf(module, test);
        all.push(verdict);
        if (verdict.outcome === 'unknown' && liveProjects.has(module.project.name)) unknownLive += 1;
      }
      const suites = [...module.children.allSuites()].flatMap((suite) => suite.errors());
      all.push(...[...module.errors(), ...suites].map((error) => brokenModule(module, error.message)));
    }
    all.push(...unhandled.map((error) => brokenModule(undefined, error.message)));
    mkdirSync('reports', { recursive: true });
    writeFileSync(join('reports', 'junit.xml'), junitReport(all));
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
  const result = test.result();
  const suite = module.relativeModuleId.replace(/\.ts$/, '');
  const subject = test.fullName;
  const seconds = (test.diagnostic()?.duration ?? 0) / 1000;
  const base = { claim: `${suite}: ${subject}`, suite, subject, looked: 0, seconds };
  if (result.state === 'passed') return { ...base, outcome: 'pass' };
  if (result.state !== 'failed')
    return {
      ...base,
      outcome: 'unknown',
      cause: (result.state === 'skipped' ? result.note : undefined) ?? 'did not run',
    };
  const words = result.errors.map((error) => error.message.replace(colours, '')).join('\n');
  const asserted = result.errors.some((error) => error.name === 'AssertionError');
  return { ...base, outcome: asserted ? 'fail' : 'error', cause: words };
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
