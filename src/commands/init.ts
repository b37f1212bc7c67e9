import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadPlan } from '../plan/load.ts';
import { preview } from '../plan/preview.ts';
import { readDirectory } from '../read/directory.ts';
import { readRepository } from '../read/repository.ts';
import { runRules } from '../rules/run.ts';
import { firstPlan } from './first-plan.ts';
import { type Outcome, writeOutput } from './output.ts';
import { Refusal } from './refusal.ts';
import { packageFolder } from './subject.ts';

/** Writes a commented first plan for what a repository holds, and the schema for the editor beside it. Never overwrites one. */
export function init(repo: string): Outcome {
  const folder = join(resolve(repo), 'stackproof');
  const file = join(folder, 'plan.yaml');
  if (existsSync(file)) throw new Refusal(2, `"${file}" is there already; move it away first`);
  const tree = readDirectory(resolve(repo));
  const repository = readRepository(tree);
  if (repository.stacks.length === 0)
    throw new Refusal(3, `nothing to look at: no compose file in "${repo}" runs a monitoring product`);
  const { findings } = runRules(repository);
  const schema = readFileSync(join(packageFolder, 'src/schema/plan.schema.json'), 'utf8');
  writeOutput(join(folder, 'plan.schema.json'), schema);
  for (const plain of [false, true]) {
    writeOutput(file, firstPlan(repository, findings, { now: new Date(), plain }));
    const { plan } = loadPlan(file);
    // A compose file may be written so that a step cannot edit it in place.
    if (plan !== undefined && preview(plan, tree).faults.length === 0) break;
  }
  return { code: 0, text: `wrote ${file}; next: stackproof preview --plan ${file}\n` };
}
