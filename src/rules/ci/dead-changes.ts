import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import { kindAt, type Tree } from '../../model/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isIgnored } from '../support/ignored.ts';
import { changedPaths, changesMatcher } from './changed-paths.ts';

/**
 * A path of `changes` that no file of the repository has starts nothing: mostly a folder without two stars behind it, or one that was moved
 * (https://docs.gitlab.com/ci/yaml/#ruleschanges).
 */
export const deadChanges = defineRule({
  id: 'ci/dead-changes',
  severity: 'warning',
  over: 'pipeline',
  claim: 'Every path whose change starts a job matches files of the repository.',
  check: (pipeline, { repository }) => {
    const paths = [...repository.tree.files.keys()];
    const written = new Map<string, Place[]>();
    for (const { pattern, at } of pipeline.jobs.flatMap(changedPaths)) {
      const known = written.get(pattern) ?? [];
      if (!known.some((one) => JSON.stringify(one) === JSON.stringify(at))) written.set(pattern, [...known, at]);
    }
    return [...written].flatMap(([pattern, [at, ...others]]): FindingDraft[] => {
      // A kind of file that may yet come: a pattern for all folders promises no file of today.
      if (at === undefined || /[$[]|^\*\*\//.test(pattern)) return [];
      const wrong = judged(repository.tree, paths, pattern);
      const related = others.map((place) => ({ at: place, note: 'and here' }));
      return wrong === undefined ? [] : [{ at, ...wrong, related, facts: { pattern } }];
    });
  },
});

function judged(
  tree: Tree,
  paths: readonly string[],
  pattern: string,
): { readonly message: string; readonly hint: string } | undefined {
  const matches = changesMatcher(pattern);
  const clean = pattern.replace(/^\.?\//, '').replace(/\/(?:\*\*?)?$/, '');
  if (!paths.some(matches)) {
    const start = `The path "${pattern}" matches no file of the repository, so its change starts nothing`;
    if (clean !== pattern && paths.some(changesMatcher(clean)))
      return { message: start, hint: `Write "${clean}": paths begin at the root, without a dot or a slash` };
    if (kindAt(tree, clean) === 'folder') return { message: start, hint: `Write "${clean}/**/*"` };
    if (isIgnored(tree, clean)) return undefined;
    return { message: start, hint: 'Name what is there, or remove the path' };
  }
  if (!pattern.endsWith('/**')) return undefined;
  const deeper = paths.find((path) => path.startsWith(`${clean}/`) && !matches(path));
  if (deeper === undefined || clean.includes('*')) return undefined;
  return {
    message: `The path "${pattern}" matches only what lies in "${clean}" itself, so a change of "${deeper}" starts nothing`,
    hint: `Write "${clean}/**/*"`,
  };
}
