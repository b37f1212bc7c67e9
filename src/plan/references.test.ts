import { describe, it } from 'vitest';
import { mentions } from './references.ts';

const known = new Set(['docs/ops/stack', 'docs/ops']);
const found = (text: string, path: string): number => mentions(text, path, (one) => known.has(one)).length;

describe('mentions', () => {
  it.for([
    ['ops/stack', 1],
    ['./ops/stack/x.yml', 1],
    ['(../ops/stack)', 1],
    ['/opt/app/ops/stack/', 1],
    ['see ops/stack. Then', 1],
    ['"ops/stack":/data', 1],
    ['在ops/stack里', 1],
    ['ops/stack ops/stack', 2],
    ['ops/stack-old', 0],
    ['ops/stack_2', 0],
    ['ops/stack.bak', 0],
    ['ops/stacké', 0],
    ['devops/stack', 0],
    ['.ops/stack', 0],
    ['docs/ops/stack', 0],
    ['app/docs/ops/stack', 0],
  ] as const)('in %j: %i', ([text, count], { expect }) => {
    expect(found(text, 'ops/stack')).toBe(count);
  });
});
