import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFigures } from './check.ts';
import { dashboardsFigures } from './dashboards.ts';
import { table } from './figure.ts';
import { liveFigures } from './live.ts';
import { rulesFigures } from './rules.ts';

const root = join(import.meta.dirname, '..');
const example = join(root, 'fixtures/repositories/before');
const benches = {
  check: (repository?: string) => checkFigures(repository ?? example),
  rules: () => rulesFigures(),
  dashboards: () => dashboardsFigures(),
  live: () => liveFigures(),
};

/** `npm run bench -- check [DIR]`, `rules`, `dashboards` or `live` prints one table; `--write` writes all to `docs/bench.md`. */
const [name, repository] = process.argv.slice(2);
if (name === '--write') {
  const text = `# How fast

Ratios of our time or memory to a peer's in the same run: medians of several runs in turns. Written by
\`npm run bench -- --write\`; the scripts are in [bench](../bench). Below the bar is good. \`check\` is cold: a new process each
time, as in a pipeline, with what Node keeps of compiled code from a run before.

## The bundled example

${table(await benches.check())}

## The live suites on the bundled example

${table(await benches.live())}

## Many rules

${table(await benches.rules())}

## Many dashboards

${table(benches.dashboards())}
`;
  writeFileSync(join(root, 'docs/bench.md'), text);
} else if (name === 'check' || name === 'rules' || name === 'dashboards' || name === 'live') {
  process.stdout.write(`${table(await benches[name](repository))}\n`);
} else {
  process.stderr.write('npm run bench -- check [DIR] | rules | dashboards | live | --write\n');
  process.exitCode = 2;
}
