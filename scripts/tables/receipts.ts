import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApplyRequest, applyPlan } from '../../src/apply/apply.ts';
import { rollback } from '../../src/apply/rollback.ts';
import { inGit } from '../../src/apply/testing.ts';
import { readReceipt } from '../../src/gate/receipt.ts';
import { sealReceipt } from '../../src/gate/seal.ts';
import type { Receipt } from '../../src/model/receipt.ts';
import { altered, isSeal, placesOf } from './alter.ts';
import { copyOf, type World } from './worlds.ts';

/** What `apply` says to a receipt: why it refuses, or undefined where it takes it. */
export type Answer = readonly string[] | undefined;

/** One field of a receipt altered: what is said when only that is done, and when the forger seals anew. */
export interface Altered {
  readonly field: string;
  /** Whether the field is itself part of the seal. */
  readonly seal: boolean;
  readonly edited: Answer;
  readonly resealed: Answer;
}

/** Alters every value of a receipt once, each on a fresh copy of the world, and asks `apply`. */
export function alteredFields(world: World): Altered[] {
  const place = join(mkdtempSync(join(tmpdir(), 'stackproof-receipts-')), 'repo');
  const { receipt } = world.request;
  return placesOf(receipt).map(([field, path]) => {
    const forged = altered(receipt, path);
    const seal = isSeal(path);
    return {
      field,
      seal,
      edited: ask(world, place, { receipt: forged }),
      resealed: seal ? undefined : ask(world, place, { receipt: sealReceipt(forged) }),
    };
  });
}

/** Asks `apply` on a fresh copy. The receipt goes through a file's text, as it does for the command. */
export function ask(
  world: World,
  place: string,
  change: Partial<ApplyRequest>,
  act: (repo: string) => void = () => {},
): Answer {
  const repo = copyOf(world, place);
  act(repo);
  const request = { ...world.request, ...change, repo };
  const read = readReceipt(JSON.stringify(request.receipt), 'reports/receipt.json');
  if ('fault' in read) return [read.fault];
  const before = inGit(repo, 'for-each-ref');
  const done = applyPlan({ ...request, receipt: read.receipt });
  if (!('refused' in done)) return undefined;
  if (inGit(repo, 'for-each-ref') !== before) throw new Error(`refused, but a ref moved: ${done.refused}`);
  return done.refused;
}

/** Receipts that are whole and yet not for this use, each with what `apply` says. */
export function otherUses(world: World): { readonly use: string; readonly answer: Answer }[] {
  const place = join(mkdtempSync(join(tmpdir(), 'stackproof-uses-')), 'repo');
  const { receipt, loaded, now } = world.request;
  const days = (count: number): Date => new Date(now.getTime() + count * 24 * 3_600_000);
  const sealed = (change: Partial<Receipt>): Partial<ApplyRequest> => ({
    receipt: sealReceipt({ ...receipt, ...change }),
  });
  const [image] = receipt.images;
  const [verdict, ...verdicts] = receipt.verdicts;
  const used = (repo: string): void => void applyPlan({ ...world.request, repo, branch: 'feature/first' });
  const usedAndBack = (repo: string): void => {
    used(repo);
    rollback(repo);
  };
  const substitute = image && {
    ...image,
    image: 'stackproof/substitute',
    how: 'substitute' as const,
    note: 'built here',
  };
  const uses: readonly [string, Partial<ApplyRequest>, ((repo: string) => void)?][] = [
    ['used before, on another branch', {}, used],
    ['used before, and rolled back', { branch: 'feature/first' }, usedAndBack],
    [
      'used before, in a clone whose commits have come here',
      {},
      (repo) =>
        inGit(
          repo,
          'commit',
          '--quiet',
          '--allow-empty',
          '--message',
          `Other\n\nStackproof-Receipt: ${receipt.digest}`,
        ),
    ],
    ['for another repository', {}, (repo) => inGit(repo, 'commit', '--quiet', '--amend', '--message', 'Another root')],
    ['for another plan', { loaded: { ...loaded, digest: 'another' } }],
    ['for another base', {}, (repo) => inGit(repo, 'commit', '--quiet', '--allow-empty', '--message', 'Later')],
    ['older than its limit', { now: days(8) }],
    ['from the future', { now: days(-1) }],
    [
      'made with substitutes',
      sealed({ images: substitute === undefined ? [] : [substitute, ...receipt.images.slice(1)] }),
    ],
    [
      'with a failed claim',
      sealed({
        open: false,
        reasons: [`${verdict?.claim}: failed`],
        verdicts: verdict === undefined ? [] : [{ ...verdict, outcome: 'fail' }, ...verdicts],
      }),
    ],
    [
      'that says open over a failed claim',
      sealed({ verdicts: verdict === undefined ? [] : [{ ...verdict, outcome: 'fail' }, ...verdicts] }),
    ],
    ['that requires less, and says open', sealed({ required: receipt.required.slice(1), verdicts })],
    ['of one shard', sealed({ shard: '1/2' })],
    ['from another version', sealed({ tool: 'stackproof 0.0.0' })],
  ];
  return uses.map(([use, change, act]) => ({ use, answer: ask(world, place, change, act) }));
}
