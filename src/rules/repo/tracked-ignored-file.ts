import { defineRule } from '../define-rule.ts';
import { isIgnored } from '../support/ignored.ts';
import { stackFiles } from '../support/stack-files.ts';

/**
 * git goes on keeping a file that was added before its pattern was (https://git-scm.com/docs/gitignore): what somebody meant to
 * keep out is in the history, and a change of it is committed with the next `git commit -a`.
 */
export const trackedIgnoredFile = defineRule({
  id: 'repo/tracked-ignored-file',
  severity: 'warning',
  over: 'repository',
  claim: 'No file of a stack is both in the repository and ignored.',
  check: (repository) =>
    stackFiles(repository)
      .filter((file) => repository.tree.files.has(file) && isIgnored(repository.tree, file))
      .map((file) => ({
        at: { file },
        message: `"${file}" is in the repository although its .gitignore keeps it out, so nobody knows which is meant`,
        hint: `Run "git rm --cached ${file}", or take it out of .gitignore`,
        facts: { file },
      })),
});
