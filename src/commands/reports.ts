import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Receipt } from '../model/receipt.ts';
import type { Verdict } from '../model/verdict.ts';
import { junitReport } from '../report/junit.ts';
import { writeOutput } from './output.ts';
import { Refusal } from './refusal.ts';

/** Writes `verdicts.json`, `junit.xml` and, where there is one, `receipt.json` into a folder. */
export function writeReports(folder: string, verdicts: readonly Verdict[], receipt: Receipt | undefined): void {
  writeOutput(join(folder, 'verdicts.json'), `${JSON.stringify(verdicts, null, 2)}\n`);
  writeOutput(join(folder, 'junit.xml'), junitReport(verdicts));
  if (receipt !== undefined) writeOutput(join(folder, 'receipt.json'), `${JSON.stringify(receipt, null, 2)}\n`);
}

/** The exit code of a proof: 0 where the gate is open, 1 where something failed, 3 where it could not be told. */
export function codeOf(open: boolean, verdicts: readonly Verdict[], errors: readonly string[]): 0 | 1 | 3 {
  if (open) return 0;
  return errors.length > 0 || verdicts.some(({ outcome }) => outcome === 'fail' || outcome === 'error') ? 1 : 3;
}

/** What lies under the names of our reports is replaced, so it must be ours. @throws Refusal (exit 2) where it is not. */
export function refuseForeign(reports: string, asked: { readonly reports: string; readonly repo: string }): void {
  const logs = join(reports, 'logs');
  const ours = (folder: string): boolean =>
    ['differences.json', 'suites.log'].some((name) => existsSync(join(folder, name)));
  const held = existsSync(logs) ? readdirSync(logs) : [];
  if (
    reports !== resolve(asked.repo) &&
    (held.length === 0 || ours(logs) || held.some((name) => ours(join(logs, name))))
  )
    return;
  throw new Refusal(
    2,
    `--reports ${asked.reports}: "${logs}" would be replaced and is not from stackproof: give a folder of its own`,
  );
}
