import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lab } from './run.ts';

/** Notes beside the copy that a file was broken on purpose: whoever reads a log later can tell. */
export function noteBroken(target: string): void {
  appendFileSync(join(lab().folder, 'broken-on-purpose'), `${target}\n`);
}

/** The files that were broken on purpose in this lab, as their containers see them. */
export function brokenOnPurpose(): string[] {
  const notes = join(lab().folder, 'broken-on-purpose');
  return existsSync(notes) ? readFileSync(notes, 'utf8').split('\n').filter(Boolean) : [];
}
