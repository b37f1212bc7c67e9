import { resolve } from 'node:path';
import { whyNoRepository } from '../apply/git.ts';
import { rollback } from '../apply/rollback.ts';
import { followed } from './followed.ts';
import type { Outcome } from './output.ts';
import { Refusal } from './refusal.ts';

/** Takes the last apply back by a commit of its own. */
export function undo(options: { readonly repo: string }): Outcome {
  const repo = resolve(options.repo);
  const why = whyNoRepository(repo);
  if (why !== undefined)
    throw new Refusal(
      3,
      `"${options.repo}" is not the top of a git repository with a commit: there is nothing to roll back (${why})`,
    );
  const done = rollback(repo);
  if ('refused' in done) throw new Refusal(3, `not rolled back: ${done.refused}`);
  return {
    code: 0,
    text: `Branch "${done.branch}" is now at ${done.commit}; its tree is the base's (${done.tree}).\n${followed(done.workTree)}`,
  };
}
