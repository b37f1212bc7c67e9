import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tree } from '../model/tree.ts';
import { folded, foldersAbove, leadsOut, linkAbove, pathProblem } from './paths.ts';
import { preview } from './preview.ts';
import { repository, shuffled, step, unreadPlan } from './random.ts';
import { contentOf } from './testing.ts';

/** What is wrong with where the files of a candidate lie, as far as it was not so before. */
function misplaced(base: Tree, { files }: Tree): string[] {
  const old = allPaths(base);
  const spellings = new Map<string, Set<string>>();
  for (const path of allPaths({ origin: '', files }))
    spellings.set(folded(path), (spellings.get(folded(path)) ?? new Set()).add(path));
  return [...files.values()].flatMap((file) => {
    const { path } = file;
    if (base.files.has(path)) return [];
    const above = foldersAbove(path);
    const problems = {
      // A folder that moves takes along what its files are called.
      'no path': pathProblem(path.replaceAll('\n', ' ')) !== undefined,
      'below a link': linkAbove(files, path) !== undefined,
      'below a file': above.some((folder) => files.has(folder)),
      'a file and a folder': [...files.keys()].some((other) => other.startsWith(`${path}/`)),
      'in a submodule': base.files.has('.gitmodules') && /^sub(\/|$)/.test(path),
      'a link out': file.mode === '120000' && leadsOut(path, Buffer.from(file.bytes).toString()),
      'a twin in another case': [path, ...above].some(
        (one) => !old.has(one) && (spellings.get(folded(one))?.size ?? 0) > 1,
      ),
    };
    return Object.entries(problems).flatMap(([problem, is]) => (is ? [`${path}: ${problem}`] : []));
  });
}

function allPaths(tree: Tree): Set<string> {
  return new Set([...tree.files.keys()].flatMap((path) => [path, ...foldersAbove(path)]));
}

describe('random plans on random repositories', { timeout: 240_000 }, () => {
  it('give one outcome, change what they say and nothing else, stay inside, and change nothing again', () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(repository, fc.array(step, { minLength: 1, maxLength: 3 }), (base, steps) => {
        const plan = unreadPlan(steps);
        const before = contentOf(base);
        const first = preview(plan, base);
        const second = preview(plan, shuffled(base));
        expect(contentOf(second.candidate)).toEqual(contentOf(first.candidate));
        expect({ ...second, candidate: 0 }).toEqual({ ...first, candidate: 0 });
        expect(contentOf(base)).toEqual(before);
        if (first.candidate === undefined) {
          expect(first.faults.length).toBeGreaterThan(0);
          refused += 1;
          return;
        }
        accepted += 1;
        const changed = new Set(first.effects.flatMap((effect) => effect.changed));
        for (const [path, file] of base.files) {
          if (!changed.has(path)) expect(first.candidate.files.get(path)).toBe(file);
        }
        for (const path of first.candidate.files.keys()) expect(base.files.has(path) || changed.has(path)).toBe(true);
        expect(misplaced(base, first.candidate)).toEqual([]);
        const again = preview(plan, first.candidate);
        expect(again.faults).toEqual([]);
        expect(contentOf(again.candidate)).toEqual(contentOf(first.candidate));
      }),
      { numRuns: 1000 },
    );
    expect(accepted).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(50);
  });
});
