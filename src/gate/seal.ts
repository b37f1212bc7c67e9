import { createHash } from 'node:crypto';
import type { Receipt } from '../model/receipt.ts';

/** What a receipt says; its seals and digest follow from it. */
export type ReceiptContent = Omit<Receipt, 'version' | 'seals' | 'digest'>;

/** Seals a receipt: each field by itself, and the digest over all seals. */
export function sealReceipt(content: ReceiptContent): Receipt {
  const { version: _, seals: __, digest: ___, ...said }: ReceiptContent & Partial<Receipt> = content;
  const fields = { version: 1 as const, ...said };
  const seals = Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, sealOf(value)]));
  return { ...fields, seals, digest: sealOf(seals) };
}

/** The fields that are not as they were sealed, by name; empty where nobody edited the receipt. */
export function editedFields(receipt: Receipt): string[] {
  const { seals, digest, ...fields } = receipt;
  const said = new Map(Object.entries(fields).filter(([, value]) => value !== undefined));
  const names = [...new Set([...said.keys(), ...Object.keys(seals)])];
  const edited = names.filter((field) => sealOf(said.get(field)) !== seals[field]);
  return edited.length === 0 && sealOf(seals) !== digest ? ['digest'] : edited;
}

function sealOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
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
