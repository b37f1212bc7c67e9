import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { applyPlan } from '../apply/apply.ts';
import { whyNoRepository } from '../apply/git.ts';
import { readReceipt } from '../gate/receipt.ts';
import { followed } from './followed.ts';
import { judge } from './judge.ts';
import type { Outcome } from './output.ts';
import { Refusal } from './refusal.ts';
import { readSubject } from './subject.ts';

/** What `apply` was asked. */
export interface ApplyOptions {
  readonly repo: string;
  readonly plan: string;
  readonly branch?: string;
  readonly substitutes: 'allow' | 'refuse';
  readonly reports: string;
  /** Whether the hooks that may refuse a commit are asked. */
  readonly hooks: boolean;
}

/** One commit with exactly the proved tree, on a branch of its own or on one that is at the base. */
export async function apply(options: ApplyOptions): Promise<Outcome> {
  const repo = resolve(options.repo);
  const why = whyNoRepository(repo);
  if (why !== undefined)
    throw new Refusal(
      3,
      `"${options.repo}" is not the top of a git repository with a commit: there is nothing to apply to (${why})`,
    );
  const file = join(options.reports, 'receipt.json');
  const read = readReceipt(existsSync(file) ? readFileSync(file, 'utf8') : undefined, file);
  if ('fault' in read) throw new Refusal(3, read.fault);
  const subject = await readSubject(repo, options.plan);
  const { candidate, loaded } = subject;
  if (loaded === undefined) throw new Refusal(2, 'apply needs a plan: give --plan FILE');
  const branch = options.branch ?? loaded.plan.branch;
  const { receipt } = read;
  const applied = applyPlan({
    repo,
    loaded,
    candidate,
    receipt,
    judged: judge(subject, loaded.plan.stack),
    branch,
    substitutes: options.substitutes,
    hooks: options.hooks,
    now: new Date(),
  });
  if ('refused' in applied)
    throw new Refusal(3, `not applied:\n${applied.refused.map((reason) => `  ${reason}`).join('\n')}`);
  const verb = applied.already ? 'is already at' : 'is now at';
  return {
    code: 0,
    text: `Branch "${branch}" ${verb} ${applied.commit}, whose tree is the proved one (${receipt.tree}).\n${followed(applied.workTree)}`,
  };
}
