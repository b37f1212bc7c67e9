import { describe, expect, it } from 'vitest';
import { inShard, readShard } from './shard.ts';

describe('a shard', () => {
  it.each(['0/3', '4/3', '1', '1/0', 'a/b', '-1/2', '1/2/3', ''])('is not read from "%s"', (text) => {
    expect(readShard(text)).toBeUndefined();
  });

  it('has every claim in exactly one of its parts, none of them empty', () => {
    const claims = Array.from({ length: 300 }, (_, index) => `boot: service-${index} runs`);
    const parts = ['1/3', '2/3', '3/3'].map((text) => {
      const shard = readShard(text);
      return claims.filter((claim) => shard !== undefined && inShard(shard, claim));
    });
    expect(parts.flat().sort()).toEqual([...claims].sort());
    for (const part of parts) expect(part.length).toBeGreaterThan(60);
  });
});
