import type { FindingDraft } from '../../model/finding.ts';
import type { Repository } from '../../model/repository.ts';
import { kindAt, textAt } from '../../model/tree.ts';
import { defineRule } from '../define-rule.ts';
import { type FileRole, isComment, linesOf, roleOf } from '../support/line-context.ts';
import { type Mention, mentionsOf, movedTo, removedRoots } from './removed-roots.ts';

const largest = 500_000;
const follows: Readonly<Record<FileRole, string>> = {
  compose: 'the service gets an empty folder',
  pipeline: 'the job finds nothing there',
  script: 'the script finds nothing there',
  other: 'whoever follows it finds nothing',
};

/** What a plan takes away must not be named any more: a mount, a script or a job that names it breaks later. */
export const referenceToRemovedPath = defineRule({
  id: 'repo/reference-to-removed-path',
  severity: 'error',
  over: 'repository',
  claim: 'Nothing names a path that the plan took away.',
  check: (repository) => {
    const roots = removedRoots(repository.tree, repository.removed);
    if (roots.length === 0) return [];
    return [...repository.tree.files.keys()].sort().flatMap((file) => mentionsIn(repository, file, roots));
  },
});

function mentionsIn(repository: Repository, file: string, roots: readonly string[]): FindingDraft[] {
  const text = textAt(repository.tree, file);
  if (text === undefined || text.length > largest || !roots.some((root) => text.includes(root))) return [];
  const role = roleOf(repository, file);
  return linesOf(text).flatMap((line) =>
    roots.flatMap((root) =>
      mentionsOf(line.text, root)
        .filter((mention) => kindAt(repository.tree, mention.path) === 'absent')
        .map((mention) => draft(repository, file, role, mention, line)),
    ),
  );
}

function draft(
  repository: Repository,
  file: string,
  role: FileRole,
  mention: Mention,
  line: { readonly text: string; readonly start: number },
): FindingDraft {
  const spoken = role === 'other' || isComment(line.text) || mention.absolute;
  const moved = movedTo(repository.removed, mention.path);
  return {
    at: { file, span: [line.start + mention.span[0], line.start + mention.span[1]] },
    ...(spoken ? { severity: 'warning' as const } : {}),
    message: `"${mention.path}" is named here and no longer in the repository, so ${follows[isComment(line.text) ? 'other' : role]}`,
    hint: moved === undefined ? 'Remove the reference, or name what took its place' : `Write "${moved}"`,
    facts: { path: mention.path, movedTo: moved ?? null, role },
  };
}
