import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refusal } from './refusal.ts';

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
