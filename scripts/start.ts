import { join, resolve } from 'node:path';
import { gitCopy, runPath } from './whole-path.ts';

const home = resolve(import.meta.dirname, '..');
const plan = join(home, 'plans/example/plan.yaml');
const copy = gitCopy(join(home, 'fixtures/repositories/before'), 'example');
const branch = 'feature/monitoring-consolidation';

console.log(`The bundled example, a small monorepo before its consolidation, is copied to ${copy}`);
const code = runPath(
  [
    { title: 'What the plan would change', args: ['preview', '--plan', plan], goesOnWith: [0] },
    { title: 'What the rules say of the result', args: ['check', '--plan', plan], goesOnWith: [0] },
    { title: 'Proof: the stack boots and the suites run', args: ['verify', '--plan', plan], goesOnWith: [0] },
    {
      title: 'Apply: one commit with exactly the proved tree',
      args: ['apply', '--plan', plan, '--branch', branch, '--substitutes', 'allow'],
      goesOnWith: [0],
    },
  ],
  copy,
);
if (code === 0) {
  console.log(`\nLook at the commit:  git -C ${copy} show --stat ${branch}`);
  console.log(`The proof:           ${join(copy, 'reports/receipt.json')}, junit.xml, verdicts.json, logs/`);
  console.log(`Take it back:        npx stackproof rollback --repo ${copy}`);
}
process.exitCode = code;
