import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boots, verdictsWith } from '../fixtures/sabotage/boots.ts';

/** `npm run sabotage [-- LAB…]` breaks the suites, lab by lab, and writes `docs/sabotage.md`; rows of other labs stay. */
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !boots.some(([boot]) => boot === name));
if (unknown !== undefined) {
  console.error(`there is no lab "${unknown}": ${boots.map(([boot]) => `"${boot}"`).join(', ')}`);
  process.exit(2);
}
const page = join(import.meta.dirname, '../docs/sabotage.md');
const chosen = boots.filter(([boot]) => asked.length === 0 || asked.includes(boot));
const others = boots.filter((one) => !chosen.includes(one)).flatMap(([, together]) => together);
const rows = (existsSync(page) ? readFileSync(page, 'utf8') : '')
  .split('\n')
  .filter((line) => others.some(({ name, suites }) => line.startsWith(`| ${suites[0]} | ${name}: `)));
let wrong = 0;
for (const [boot, together] of chosen) {
  const verdicts = await verdictsWith(together);
  const expected = new Set(together.flatMap((one) => one.reds));
  const strays = verdicts.filter(({ claim, outcome }) => outcome !== 'pass' && !expected.has(claim));
  for (const { name, why, reds, suites } of together) {
    const seen = reds.map((red) => {
      const outcome = verdicts.find(({ claim }) => claim === red)?.outcome ?? 'no verdict';
      if (outcome !== 'fail') wrong += 1;
      return `${red}: **${outcome}**`;
    });
    rows.push(`| ${suites[0]} | ${name}: ${cell(why)} | ${seen.map(cell).join('<br>')} |`);
  }
  wrong += strays.length;
  for (const { claim, outcome } of strays) rows.push(`| | (nothing: a stray) | ${cell(claim)}: **${outcome}** |`);
  console.log(`${boot}: ${together.length} sabotages, ${verdicts.length} cases, ${strays.length} strays`);
}
const text = `# What turns each live suite red

Written by \`npm run sabotage\` from runs: the bundled example with these defects in it, as many in one lab as get along.
Each must turn exactly its own cases red; every other case of the same run passed. The defects are in
[fixtures/sabotage](../fixtures/sabotage); \`npm test\` holds those of the first phase to this.

| suite | what was broken | which case went red |
|---|---|---|
${rows.sort().join('\n')}
`;
writeFileSync(page, text);
process.exitCode = wrong === 0 ? 0 : 1;

function cell(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
