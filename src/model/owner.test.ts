import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isGone, ownerOf } from './owner.ts';

describe('the owner of a lab', () => {
  const [host = '', pid = '', start = '', namespace = ''] = ownerOf().split('/');

  it('that runs is not gone', () => {
    expect(isGone(ownerOf())).toBe(false);
  });

  it.each([
    ['whose process has ended', `${host}/${spawnSync('true').pid}`],
    ['whose number another process has now', `${host}/${pid}/${Number(start) - 1}/${namespace}`],
  ])('%s is gone', (_, owner) => {
    expect(isGone(owner)).toBe(true);
  });

  it.each([
    ['of another host', `elsewhere/${spawnSync('true').pid}`],
    ['of another container', `${host}/${spawnSync('true').pid}/1/1`],
    ['that is kept', 'kept'],
  ])('%s is left alone', (_, owner) => {
    expect(isGone(owner)).toBe(false);
  });
});
