import { join } from 'node:path';
import { tryGit } from './git.ts';
import { type Home, readIfThere } from './home.ts';
import { findHook, hookText } from './hooks.ts';
import type { Outside } from './outside.ts';

/** A commit that is to be made: exactly this tree on this parent. */
export interface CommitRequest {
  readonly tree: string;
  readonly parent: string;
  readonly message: string;
  /** A line of the message that no hook may take out. */
  readonly keep: string;
  /** Whether the hooks that may refuse a commit are asked. */
  readonly hooks: boolean;
}

/**
 * Makes a commit object as the user's git would: with the user's identity, signed where `commit.gpgSign` says so, and
 * with the hooks `pre-commit`, `prepare-commit-msg` and `commit-msg` asked (https://git-scm.com/docs/githooks). They may
 * refuse it and change its message, but not the tree, which is the proved one.
 */
export function makeCommit(home: Home, request: CommitRequest, outside: Outside): { id: string } | { refused: string } {
  const { git, step } = outside;
  const { repo } = home;
  const { tree, parent, keep } = request;
  const checked = request.hooks ? (preCommit(home, tree, outside) ?? messageHooks(home, request, outside)) : request;
  if ('refused' in checked) return checked;
  if (!checked.message.includes(keep))
    return { refused: `a hook took the line "${keep}" out of the commit's message; --no-verify leaves hooks out` };
  const sign = tryGit(repo, ['config', '--type=bool', 'commit.gpgSign'], git) === 'true' ? ['-S'] : [];
  const id = git(repo, ['commit-tree', ...sign, '-p', parent, '-F', '-', tree], { input: checked.message });
  step('commit');
  return { id };
}

/** A pre-commit hook looks at files, so it gets a work tree with the candidate, and the candidate for its index. */
function preCommit(home: Home, tree: string, outside: Outside): { refused: string } | undefined {
  const { git, files, hook } = outside;
  const file = findHook(home.repo, 'pre-commit', outside);
  if (file === undefined) return undefined;
  const folder = join(home.own, 'hooked');
  files.mkdirSync(folder, { recursive: true });
  const environment = {
    GIT_DIR: git(home.repo, ['rev-parse', '--absolute-git-dir']),
    GIT_WORK_TREE: folder,
    GIT_INDEX_FILE: join(home.own, 'hook-index'),
  };
  git(folder, ['read-tree', '--reset', '-u', tree], { environment });
  const said = hook({ file, args: [], folder, environment });
  if (!said.passed) return { refused: hookText('pre-commit', said.output) };
  if (git(folder, ['write-tree'], { environment }) === tree) return undefined;
  return { refused: 'the hook "pre-commit" changed what is committed, which would no longer be the proved tree' };
}

function messageHooks(
  home: Home,
  { message }: CommitRequest,
  outside: Outside,
): { refused: string } | { message: string } {
  const file = join(home.own, 'COMMIT_EDITMSG');
  outside.files.writeFileSync(file, message);
  const environment = { GIT_INDEX_FILE: join(home.own, 'candidate-index') };
  for (const [name, ...more] of [['prepare-commit-msg', 'message'], ['commit-msg']] as const) {
    const hook = findHook(home.repo, name, outside);
    if (hook === undefined) continue;
    const said = outside.hook({ file: hook, args: [file, ...more], folder: home.repo, environment });
    if (!said.passed) return { refused: hookText(name, said.output) };
  }
  return { message: readIfThere(file, outside) ?? '' };
}
