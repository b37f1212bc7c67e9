import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratchFolder, sweepScratch } from './scratch.ts';

it('removes what an ended process left, and nothing else', () => {
  const mine = scratchFolder('run');
  const gone = join(tmpdir(), `stackproof-lab-${spawnSync('true').pid}-abcdef`);
  const foreign = join(tmpdir(), `stackproof-kept-${spawnSync('true').pid}-abcdef`);
  for (const folder of [gone, foreign]) mkdirSync(folder);
  sweepScratch();
  expect([mine, gone, foreign].map((folder) => existsSync(folder))).toEqual([true, false, true]);
  for (const folder of [mine, foreign]) rmSync(folder, { recursive: true });
});
