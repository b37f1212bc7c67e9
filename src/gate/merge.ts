import type { Receipt } from '../model/receipt.ts';
import { decide } from './decide.ts';
import { editedFields, sealReceipt } from './seal.ts';
import { readShard } from './shard.ts';

/** A receipt and where it was found. */
export interface FoundReceipt {
  readonly file: string;
  readonly receipt: Receipt;
}

/** Fields that say what was proved: parts of one proof agree in each. */
const identity = ['repository', 'base', 'tree', 'plan', 'tool', 'stacks', 'required', 'errors'] as const;

/**
 * Puts the parts of one proof together and decides anew over all their verdicts. A part that is missing keeps the gate
 * shut by name, and so does every claim it would have answered for.
 * @returns the receipt of the whole, or why the parts do not belong together.
 */
export function mergeReceipts(found: readonly FoundReceipt[]): { receipt: Receipt } | { faults: readonly string[] } {
  const [first, ...others] = found;
  if (first === undefined) return { faults: ['there is no receipt to put together'] };
  const faults = [...found.flatMap(faultsOf), ...others.flatMap((other) => disagreements(first, other))];
  const parts = new Map<string, string>();
  for (const { file, receipt } of found) {
    const known = parts.get(receipt.shard ?? '');
    if (known !== undefined) faults.push(`"${file}" and "${known}" are both shard ${receipt.shard ?? ''}`);
    parts.set(receipt.shard ?? '', file);
  }
  if (faults.length > 0) return { faults };
  const of = readShard(first.receipt.shard ?? '')?.of ?? 0;
  const missing = Array.from({ length: of }, (_, index) => `${index + 1}/${of}`).filter((part) => !parts.has(part));
  const receipts = found.map((one) => one.receipt);
  const verdicts = receipts.flatMap((one) => one.verdicts);
  const { repository, base, tree, plan, tool, stacks, required, errors, waived } = first.receipt;
  const decided = decide(required, verdicts, errors);
  const reasons = [...missing.map((part) => `shard ${part} is missing`), ...decided.reasons];
  return {
    receipt: sealReceipt({
      repository,
      base,
      tree,
      plan,
      tool,
      stacks,
      required,
      errors,
      waived,
      verdicts,
      images: distinct(receipts.flatMap((one) => one.images)),
      differences: distinct(receipts.flatMap((one) => one.differences)),
      made: receipts.map((one) => one.made).sort()[0] ?? '',
      open: reasons.length === 0,
      reasons,
    }),
  };
}

function faultsOf({ file, receipt }: FoundReceipt): string[] {
  const edited = editedFields(receipt);
  if (edited.length > 0) return [`"${file}" was edited after it was made: "${edited.join('", "')}"`];
  return readShard(receipt.shard ?? '') === undefined
    ? [`"${file}" is no part of a proof: it was made without --shard`]
    : [];
}

function disagreements(first: FoundReceipt, other: FoundReceipt): string[] {
  const text = (value: unknown): string => JSON.stringify(value) ?? '';
  const fields = identity.filter((field) => text(first.receipt[field]) !== text(other.receipt[field]));
  const sizes = [first, other].map(({ receipt }) => readShard(receipt.shard ?? '')?.of);
  return [
    ...fields.map((field) => `"${first.file}" and "${other.file}" are parts of different proofs ("${field}")`),
    ...(sizes[0] === sizes[1] ? [] : [`"${first.file}" and "${other.file}" are parts of different splits ("shard")`]),
  ];
}

function distinct<T>(things: readonly T[]): T[] {
  return [...new Map(things.map((thing) => [JSON.stringify(thing), thing])).values()];
}
