import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { git } from './git.ts';

/** One apply, as far as it got. The journal lies in the git folder: it is the repository's own memory. */
export interface JournalEntry {
  readonly branch: string;
  readonly base: string;
  readonly baseTree: string;
  readonly commit: string;
  readonly tree: string;
  readonly receipt: string;
  readonly state: 'committed' | 'moved' | 'rolled-back';
}

/** The last apply of a repository; undefined where there was none. */
export function readJournal(repo: string): JournalEntry | undefined {
  try {
    const entry: JournalEntry = JSON.parse(readFileSync(journalFile(repo), 'utf8'));
    return entry;
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return undefined;
    throw new Error(
      `the journal "${journalFile(repo)}" cannot be read: ${problem instanceof Error ? problem.message : String(problem)}`,
    );
  }
}

/** Replaces the journal, whole or not at all. */
export function writeJournal(repo: string, entry: JournalEntry): void {
  const file = journalFile(repo);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(entry, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** Puts back what the journal said before an apply that came to nothing. */
export function restoreJournal(repo: string, earlier: JournalEntry | undefined): void {
  if (earlier === undefined) rmSync(journalFile(repo), { force: true });
  else writeJournal(repo, earlier);
}

function journalFile(repo: string): string {
  return join(resolve(repo, git(repo, ['rev-parse', '--git-common-dir'])), 'stackproof', 'journal.json');
}
