import { describe, expect, it } from 'vitest';
import { treeOf } from '../model/tree.ts';
import { readRepository } from '../read/repository.ts';
import { floatingImage } from './compose/floating-image.ts';
import { runRules } from './run.ts';

const comment = '# stackproof: ignore compose/floating-image until 2026-06-01 -- known';
const waived = (service: string, day = '2026-06-01') => {
  const tree = treeOf({ 'compose.yml': `services:\n  prometheus:\n${service}` });
  const { findings } = runRules(readRepository(tree), new Date(day), [floatingImage]);
  return findings.map(({ waived: one }) => one?.reason);
};

describe('a comment', () => {
  it.each([
    ['behind the line', `    image: prom/prometheus ${comment}\n`],
    ['above the line', `    ${comment}\n    image: prom/prometheus\n`],
    ['above other comments', `    ${comment}\n    # more\n\n    image: prom/prometheus\n`],
  ])('%s covers it', (_, text) => expect(waived(text)).toEqual(['known']));

  it.each([
    ['two lines above', `    ${comment}\n    restart: always\n    image: prom/prometheus\n`],
    ['below', `    image: prom/prometheus\n    ${comment}\n`],
    ['inside a text', `    image: "prom/prometheus"\n    labels: ["a ${comment}"]\n`],
    ['for another rule', `    image: prom/prometheus ${comment.replace('floating', 'other')}\n`],
  ])('%s does not', (_, text) => expect(waived(text)).toEqual([undefined]));

  it('ends', () => expect(waived(`    image: prom/prometheus ${comment}\n`, '2026-06-02')).toEqual([undefined]));
});
