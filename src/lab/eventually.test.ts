import { describe, expect, it } from 'vitest';
import { eventually, settled } from './eventually.ts';

describe('eventually', () => {
  it('gives the value of the first look that is done', async () => {
    let looks = 0;
    const value = await eventually('the third look', async () => {
      looks += 1;
      return looks === 3 ? { done: true, value: looks } : { done: false, seen: `look ${looks}` };
    });
    expect(value).toBe(3);
  });

  it('says what was waited for and what was last seen', async () => {
    const waiting = eventually('a miracle', async () => ({ done: false, seen: 'status 503' }), {
      within: 50,
      every: 10,
    });
    await expect(waiting).rejects.toThrow('a miracle: not within 0.05 s; last seen: status 503');
  });

  it('takes a look that throws for one that saw the message', async () => {
    const waiting = eventually('an answer', () => Promise.reject(new Error('connection refused')), {
      within: 20,
      every: 10,
    });
    await expect(waiting).rejects.toThrow('last seen: connection refused');
  });
});

describe('settled', () => {
  it('waits until nothing has changed for the quiet time', async () => {
    const texts = ['a', 'b', 'c'];
    const start = Date.now();
    const last = await settled('the texts', async () => texts.shift() ?? 'd', 100, { every: 10 });
    expect(last).toBe('d');
    expect(Date.now() - start).toBeGreaterThanOrEqual(100);
  });
});
