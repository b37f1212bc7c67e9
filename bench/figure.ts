import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One measured ratio and the most it may be. */
export interface Figure {
  readonly what: string;
  readonly ratio: string;
  readonly bar: string;
}

/** Does something in a temporary folder, which is removed afterwards. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-bench-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Figures as a table. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, ratio, bar }) => `| ${what} | ${ratio} | ${bar} |`);
  return ['| measured | ratio | bar |', '|---|---|---|', ...rows].join('\n');
}
