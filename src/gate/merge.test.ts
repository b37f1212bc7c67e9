import { describe, expect, it } from 'vitest';
import type { Receipt } from '../model/receipt.ts';
import { claimOf, type Verdict } from '../model/verdict.ts';
import { mergeReceipts } from './merge.ts';
import { sealReceipt } from './seal.ts';
import { inShard, readShard } from './shard.ts';

const required = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => claimOf('boot', name));

function part(shard: string, changes: Partial<Receipt> = {}): { file: string; receipt: Receipt } {
  const mine = required.filter((claim) => inShard(readShard(shard) ?? { index: 1, of: 1 }, claim.id));
  const verdicts: Verdict[] = mine.map(({ id, suite, subject }) => ({
    claim: id,
    suite,
    subject,
    outcome: 'pass',
    looked: 1,
  }));
  const receipt = sealReceipt({
    repository: 'r',
    base: 'b',
    tree: 't',
    plan: null,
    shard,
    stacks: ['compose.yaml'],
    images: [],
    differences: [],
    required,
    verdicts,
    errors: [],
    waived: [],
    tool: 'stackproof 0',
    made: `2026-01-0${shard[0]}T00:00:00.000Z`,
    open: false,
    reasons: ['a part'],
    ...changes,
  });
  return { file: `reports-${shard[0]}/receipt.json`, receipt };
}

describe('the parts of a proof', () => {
  it('open the gate when all are there, and the whole is as old as its oldest part', () => {
    expect(mergeReceipts([part('2/2'), part('1/2')])).toMatchObject({
      receipt: { open: true, reasons: [], made: '2026-01-01T00:00:00.000Z' },
    });
  });

  it('keep it shut when one is missing, and say which', () => {
    const merged = mergeReceipts([part('1/3'), part('3/3')]);
    expect(merged).toMatchObject({ receipt: { open: false } });
    expect('receipt' in merged ? merged.receipt.reasons : []).toContain('shard 2/3 is missing');
  });

  it('keep it shut when a claim of a part failed', () => {
    const verdicts = part('1/2').receipt.verdicts.map((verdict) => ({ ...verdict, outcome: 'fail' as const }));
    expect(verdicts.length).toBeGreaterThan(0);
    expect(mergeReceipts([part('1/2', { verdicts }), part('2/2')])).toMatchObject({ receipt: { open: false } });
  });

  it.each([
    ['of another tree', [part('1/2'), part('2/2', { tree: 'other' })], '("tree")'],
    ['of another split', [part('1/2'), part('2/3')], '("shard")'],
    ['that are the same', [part('1/2'), part('1/2')], 'are both shard 1/2'],
    ['that are whole proofs', [part('whole')], 'no part'],
    ['that were edited', [{ file: 'x', receipt: { ...part('1/2').receipt, base: 'z' } }], 'was edited'],
    ['of nothing', [], 'no receipt'],
  ])('do not fit together: those %s', (_, parts, words) => {
    const merged = mergeReceipts(parts);
    expect('faults' in merged ? merged.faults.join('\n') : '').toContain(words);
  });
});
