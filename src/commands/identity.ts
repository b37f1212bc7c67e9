import { objectFormat, rootCommit, submodules } from '../apply/git.ts';
import { treeIdOf } from '../gate/tree-hash.ts';
import type { Receipt } from '../model/receipt.ts';
import { tool } from './judge.ts';
import type { Subject } from './subject.ts';

/** The fields of a receipt that say what was proved; undefined outside git, where a receipt could not be used. */
export function identityOf(
  subject: Subject,
): Pick<Receipt, 'repository' | 'base' | 'tree' | 'plan' | 'tool' | 'made'> | undefined {
  if (subject.head === undefined) return undefined;
  const { loaded } = subject;
  return {
    repository: rootCommit(subject.repo),
    base: subject.head,
    tree: treeIdOf(subject.candidate, objectFormat(subject.repo), submodules(subject.repo, subject.head)),
    plan: loaded === undefined ? null : { name: loaded.plan.name, digest: loaded.digest },
    tool: tool(),
    made: new Date().toISOString(),
  };
}
