import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { foldReasons, reasonsAgainst } from '../gate/decide.ts';
import { type FoundReceipt, mergeReceipts } from '../gate/merge.ts';
import { readReceipt } from '../gate/receipt.ts';
import { verdictText } from '../report/verdicts.ts';
import type { Outcome } from './output.ts';
import { Refusal } from './refusal.ts';
import { codeOf, writeReports } from './reports.ts';

/** What `merge` was asked: the reports folders (or receipts) of the shards, and where the whole goes. */
export interface MergeOptions {
  readonly folders: readonly string[];
  readonly reports: string;
}

/**
 * Puts the reports of `verify --shard i/n` together: verdicts, JUnit and one receipt.
 * @throws Refusal (exit 2) where a folder has no receipt or the parts do not belong together.
 */
export async function merge({ folders, reports }: MergeOptions): Promise<Outcome> {
  if (folders.length === 0) throw new Refusal(2, 'give the reports folders of the shards: stackproof merge REPORTS…');
  const merged = mergeReceipts(folders.map(receiptIn));
  if ('faults' in merged) throw new Refusal(2, merged.faults.join('\n'));
  const { receipt } = merged;
  const { verdicts, images, differences, waived, open, reasons } = receipt;
  writeReports(resolve(reports), verdicts, receipt);
  const missing = reasons.filter((reason) => reason.startsWith('shard '));
  const folded = [...missing, ...foldReasons(reasonsAgainst(receipt.required, verdicts, receipt.errors))];
  const summary = { verdicts, images, differences, waived, open, reasons, folded, reports, receipt: true };
  return { code: codeOf(open, verdicts, receipt.errors), text: verdictText(summary) };
}

function receiptIn(path: string): FoundReceipt {
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'receipt.json') : path;
  const read = readReceipt(existsSync(file) ? readFileSync(file, 'utf8') : undefined, file);
  if ('fault' in read) throw new Refusal(2, read.fault);
  return { file, receipt: read.receipt };
}
