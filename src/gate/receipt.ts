import { createHash } from 'node:crypto';
import type { Receipt } from '../model/receipt.ts';

/** How old a receipt may be when it is used, in hours. */
export const receiptHours = 7 * 24;

/** What a receipt is held against when it is used. */
export interface ReceiptUse {
  readonly repository: string;
  readonly head: string;
  readonly tree: string;
  readonly planDigest: string;
  readonly now: Date;
  readonly substitutes: 'allow' | 'refuse';
}

/** Seals a receipt: its digest covers every other field. */
export function sealReceipt(content: Omit<Receipt, 'digest' | 'version'>): Receipt {
  const receipt = { version: 1 as const, ...content };
  return { ...receipt, digest: digestOf(receipt) };
}

/** Reads a receipt's text; the fault says in one sentence why there is none to use. */
export function readReceipt(text: string | undefined, file: string): { receipt: Receipt } | { fault: string } {
  if (text === undefined) return { fault: `there is no receipt at "${file}": run "stackproof verify" first` };
  try {
    const receipt: Receipt = JSON.parse(text);
    if (receipt.version === 1 && typeof receipt.digest === 'string') return { receipt };
    return { fault: `"${file}" is not a receipt of this version: run "stackproof verify" again` };
  } catch (problem) {
    return {
      fault: `"${file}" is not readable as a receipt: ${problem instanceof Error ? problem.message : String(problem)}`,
    };
  }
}

/** Every reason why a receipt does not open `apply`, each naming its field; empty where it does. */
export function refusals(receipt: Receipt, use: ReceiptUse): string[] {
  const { digest, ...content } = receipt;
  if (digestOf(content) !== digest)
    return ['the receipt was edited after it was made: its "digest" does not cover what it says'];
  const hours = (use.now.getTime() - Date.parse(receipt.made)) / 3_600_000;
  const substituted = receipt.images.filter((image) => image.how === 'substitute');
  const names = substituted.map((image) => image.pinned).join(', ');
  return [
    ...(receipt.repository === use.repository ? [] : ['the receipt is for another repository ("repository")']),
    ...(receipt.plan?.digest === use.planDigest
      ? []
      : ['the receipt is for another plan, or the plan was changed since ("plan")']),
    ...(receipt.base === use.head
      ? []
      : [`the receipt is stale: HEAD is ${short(use.head)}, its "base" is ${short(receipt.base)}`]),
    ...(receipt.tree === use.tree
      ? []
      : [`the plan now gives another candidate than the one that was proved ("tree")`]),
    ...(receipt.open
      ? []
      : [`the gate was shut ("open"): ${receipt.reasons.length} reasons, the first: ${receipt.reasons[0] ?? ''}`]),
    ...(hours <= receiptHours && hours >= -1
      ? []
      : [`the receipt was made ${receipt.made}, and is too old ("made"): ${receiptHours} hours is the limit`]),
    ...(substituted.length === 0 || use.substitutes === 'allow'
      ? []
      : [`the proof ran with substitutes for ${names} ("images"); give --substitutes allow if that is enough`]),
  ];
}

function digestOf(content: Omit<Receipt, 'digest'>): string {
  return createHash('sha256').update(canonical(content)).digest('hex');
}

/** JSON with sorted keys, so that a receipt written with another layout is still the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${pairs
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
    .join(',')}}`;
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
