import { join } from 'node:path';
import { messageOf } from '../model/message.ts';
import { type Home, readIfThere, writeWhole } from './home.ts';
import type { Outside } from './outside.ts';

/** One apply or rollback. It is written down before the branch moves, and is `done` when nothing is left to do. */
export interface Operation {
  readonly kind: 'apply' | 'rollback';
  readonly branch: string;
  /** The commit the branch was at; null where apply made it. */
  readonly from: string | null;
  readonly to: string;
  /** The trees before and after. */
  readonly fromTree: string;
  readonly toTree: string;
  /** Digest of the receipt that opened the apply. */
  readonly receipt: string;
  /** The work tree whose files follow the branch; null where it is checked out nowhere. */
  readonly workTree: string | null;
  /** The folder of the run that began it, where the new files lie ready. */
  readonly own: string;
  readonly state: 'begun' | 'done';
}

interface JournalFile {
  readonly version: 2;
  readonly operations: readonly Operation[];
}

/** Every apply and rollback of a repository, oldest first; only the last may be not done. */
export function readJournal(home: Home, outside: Outside): readonly Operation[] {
  const file = journalFile(home);
  const text = readIfThere(file, outside);
  if (text === undefined) return [];
  try {
    const journal: JournalFile = JSON.parse(text);
    if (journal.version === 2 && Array.isArray(journal.operations)) return journal.operations;
  } catch (problem) {
    throw new Error(`the journal "${file}" cannot be read: ${messageOf(problem)}`);
  }
  throw new Error(`the journal "${file}" is from another version of stackproof: finish there, then remove it`);
}

/** Replaces the journal, whole or not at all. */
export function writeJournal(home: Home, operations: readonly Operation[], outside: Outside): void {
  const journal: JournalFile = { version: 2, operations };
  writeWhole(journalFile(home), `${JSON.stringify(journal, null, 2)}\n`, outside);
}

function journalFile({ folder }: Home): string {
  return join(folder, 'journal.json');
}
