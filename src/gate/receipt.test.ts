import { describe, expect, it } from 'vitest';
import { altered, isSeal, placesOf } from '../../scripts/tables/alter.ts';
import type { Receipt } from '../model/receipt.ts';
import { claimOf } from '../model/verdict.ts';
import { type ReceiptUse, readReceipt, refusals } from './receipt.ts';
import { sealReceipt } from './seal.ts';

const required = [claimOf('boot', 'loki runs'), claimOf('static', 'compose')];
const receipt = sealReceipt({
  repository: 'a'.repeat(40),
  base: 'b'.repeat(40),
  tree: 'c'.repeat(40),
  plan: { name: 'test', digest: 'd'.repeat(64) },
  stacks: ['compose.yml'],
  images: [{ service: 'loki', pinned: 'loki:1', image: 'loki:1', id: 'sha256:1', how: 'present' }],
  differences: [{ file: 'compose.yml', what: 'services.loki.ports', from: '3100', to: '', why: 'no host port' }],
  required,
  verdicts: required.map(({ id, suite, subject }) => ({ claim: id, suite, subject, outcome: 'pass', looked: 2 })),
  errors: [],
  waived: ['repo/some compose.yml:1 accepted'],
  tool: 'stackproof 1',
  made: '2026-01-02T03:04:05.000Z',
  open: true,
  reasons: [],
});
const use: ReceiptUse = {
  repository: receipt.repository,
  head: receipt.base,
  tree: receipt.tree,
  plan: { name: 'test', digest: 'd'.repeat(64) },
  judged: {
    tool: 'stackproof 1',
    stacks: ['compose.yml'],
    required,
    errors: [],
    waived: receipt.waived,
    pinned: { loki: 'loki:1' },
    needed: ['loki'],
  },
  now: new Date('2026-01-03T00:00:00Z'),
  substitutes: 'refuse',
};

/** What is said to a receipt as it comes from a file. */
function said(given: Receipt): string[] {
  const read = readReceipt(JSON.stringify(given), 'receipt.json');
  return 'fault' in read ? [read.fault] : refusals(read.receipt, use);
}

const places = placesOf(receipt);

describe('a receipt', () => {
  it('that nobody touched opens apply, in whatever order its fields are written', () => {
    expect(said(receipt)).toEqual([]);
    expect(said(JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(receipt).reverse()))))).toEqual([]);
  });

  it.each(places)('with another %s is refused by the name of the field', (name, path) => {
    const field = path[0] === 'seals' ? 'version' : String(path[0]);
    expect(said(altered(receipt, path)).join('\n'), name).toContain(`"${field}"`);
  });

  it('that lacks a field is refused by the name of the field', () => {
    for (const field of Object.keys(receipt)) {
      const { [field]: _, ...rest }: Record<string, unknown> = { ...receipt };
      expect(readReceipt(JSON.stringify(rest), 'receipt.json'), field).toEqual({
        fault: expect.stringContaining(`"${field}"`),
      });
    }
  });

  // What a forger who seals anew can alter without contradicting anything: these are the limits of a receipt.
  const untold = ['images[].how', 'images[].id', 'made', 'verdicts (one entry more)', 'verdicts[].looked'];

  it('that was altered and sealed anew is refused where it contradicts itself or the candidate', () => {
    const taken = places.filter(([, path]) => !isSeal(path) && said(sealReceipt(altered(receipt, path))).length === 0);
    expect(
      taken
        .map(([name]) => name)
        .filter((name) => !name.startsWith('differences'))
        .sort(),
    ).toEqual(untold);
  });
});
