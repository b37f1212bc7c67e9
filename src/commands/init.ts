import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readDirectory } from '../read/directory.ts';
import { readRepository } from '../read/repository.ts';
import { type Outcome, writeOutput } from './output.ts';
import { Refusal } from './refusal.ts';

/** Writes a commented first plan for the stack of a repository. Never overwrites one. */
export function init(repo: string): Outcome {
  const file = join(resolve(repo), 'stackproof', 'plan.yaml');
  if (existsSync(file)) throw new Refusal(2, `"${file}" is there already; move it away first`);
  const stack = readRepository(readDirectory(resolve(repo))).stacks[0];
  if (stack === undefined)
    throw new Refusal(3, `nothing to look at: no compose file in "${repo}" runs a monitoring product`);
  writeOutput(file, firstPlan(stack.composeFile));
  return { code: 0, text: `wrote ${file}; next: stackproof preview --plan ${file}\n` };
}

function firstPlan(composeFile: string): string {
  return `# A consolidation that stackproof previews, proves and applies. Paths are relative to the repository.
version: 1
name: consolidation
# The branch that apply creates, with one commit: exactly the tree that was proved.
branch: feature/consolidation
# The compose file whose stack must pass every suite.
stack: ${composeFile}
steps:
  # Every step states what it expects and is refused where that does not hold. Some shapes:
  # - { step: move, from: old/prometheus.yml, to: new/prometheus.yml }
  # - step: edit-yaml
  #   path: ${composeFile}
  #   edits:
  #     - { op: add, pointer: [services, prometheus, security_opt], value: ['no-new-privileges:true'] }
  # - { step: delete, path: old }
  # - { step: rewrite-references, from: old, to: new }
  # - { step: waive, rule: compose/floating-image, place: ${composeFile}, reason: why, until: 2099-01-31 }
  []
`;
}
