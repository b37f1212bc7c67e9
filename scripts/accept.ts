import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compareOldStack } from './old-stack.ts';
import { gitCopy, runPath } from './whole-path.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    plan: { type: 'string' },
    substitutes: { type: 'string', default: 'allow' },
    'no-plan': { type: 'boolean', default: false },
  },
});
const [directory] = positionals;
if (directory === undefined || !existsSync(directory)) {
  console.error(
    'Give the repository to go through: npm run accept -- DIR [--plan FILE | --no-plan] [--substitutes allow|refuse]',
  );
  process.exit(2);
}
const shipped = resolve(import.meta.dirname, '../plans/monitoring-consolidation/plan.yaml');
const own = join(resolve(directory), 'stackproof/plan.yaml');
const file = values.plan === undefined ? (existsSync(own) ? own : shipped) : resolve(values.plan);
const plan = values['no-plan'] ? [] : ['--plan', file];
const substitutes = ['--substitutes', values.substitutes];
const copy = gitCopy(resolve(directory), 'accept');
console.log(`Going through a copy in ${copy}${values['no-plan'] ? '' : ` with the plan ${file}`}`);

const proof = {
  title: 'Proof: the stack boots and the suites run',
  args: ['verify', ...plan, ...substitutes],
  goesOnWith: [0],
};
const check = { title: 'What the rules say', args: ['check', ...plan], goesOnWith: [0, 1] };
process.exitCode = values['no-plan']
  ? runPath([check, proof], copy)
  : runPath(
      [
        { title: 'Snapshot: what there is is kept', args: ['snapshot', ...plan], goesOnWith: [0] },
        { title: 'What the plan would change', args: ['preview', ...plan], goesOnWith: [0] },
        check,
        proof,
        {
          title: 'Apply: one commit with exactly the proved tree',
          args: ['apply', ...plan, ...substitutes],
          goesOnWith: [0],
        },
        { title: 'Rollback: a commit with exactly the base tree', args: ['rollback'], goesOnWith: [0] },
      ],
      copy,
    );

if (process.exitCode === 0 && !values['no-plan']) {
  console.log('\n== The old stack, booted from the base and from the rolled back branch\n');
  const { alike, said } = await compareOldStack(copy);
  console.log(said);
  process.exitCode = alike ? 0 : 1;
}
