import { createHash } from 'node:crypto';

/** A part of the claims: the `index`-th of `of`, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Reads `2/3`; undefined for anything that names no part. */
export function readShard(text: string): Shard | undefined {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  return shard.index >= 1 && shard.index <= shard.of ? shard : undefined;
}

/**
 * Whether a claim belongs to a shard. A claim's name alone decides, so that machines which never spoke to each other
 * agree, and a claim more or less moves no other one.
 */
export function inShard(shard: Shard, claim: string): boolean {
  return createHash('sha256').update(claim).digest().readUInt32BE() % shard.of === shard.index - 1;
}
