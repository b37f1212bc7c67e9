import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Stack } from '../model/stack.ts';
import { readDirectory } from '../read/directory.ts';
import { ownFile } from '../read/own-configuration.ts';
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
  writeOutput(file, firstPlan(stack));
  return { code: 0, text: `wrote ${file}; next: stackproof preview --plan ${file}\n` };
}

function firstPlan(stack: Stack): string {
  return `# A consolidation that stackproof previews, proves and applies. Paths are relative to the repository.
version: 1
name: consolidation
# The branch that apply creates, with one commit: exactly the tree that was proved.
branch: feature/consolidation
# The compose file whose stack must pass every suite.
stack: ${stack.composeFile}
# Findings are accepted for a time by a step "waive", or without a plan in ${ownFile} (docs/waivers.md).
steps:
  # Every step states what it expects and is refused where that does not hold. Some shapes:
  # - { step: move, from: old/prometheus.yml, to: new/prometheus.yml }
  # - { step: delete, path: old }
  # - { step: rewrite-references, from: old, to: new }
${firstStep(stack)}`;
}

/** A step that holds on this stack: it hardens what is not hardened, or shows how a finding is accepted. */
function firstStep(stack: Stack): string {
  const open = stack.services.filter(({ definition }) => definition['security_opt'] === undefined);
  if (open.length > 0) {
    const edits = open.map(
      ({ name }) =>
        `      - { op: add, pointer: [services, ${name}, security_opt], value: ['no-new-privileges:true'] }\n`,
    );
    return `  - step: edit-yaml\n    path: ${stack.composeFile}\n    edits:\n${edits.join('')}`;
  }
  const until = new Date(Date.now() + 180 * 86_400_000).toISOString().slice(0, 10);
  return `  - { step: waive, rule: compose/floating-image, place: ${stack.composeFile}, reason: say why, until: ${until} }\n`;
}
