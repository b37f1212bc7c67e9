import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boots, verdictsWith } from '../fixtures/sabotage/boots.ts';

const rows: string[] = [];
let wrong = 0;
for (const [boot, together] of boots) {
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

Written by \`npm run sabotage\` from a run: the bundled example with these defects in it, as many in one lab as get along.
Each must turn exactly its own cases red; every other case of the same run passed. The defects are in
[fixtures/sabotage](../fixtures/sabotage); \`npm test\` holds those of the first phase to this.

| suite | what was broken | which case went red |
|---|---|---|
${rows.sort().join('\n')}
`;
writeFileSync(join(import.meta.dirname, '../docs/sabotage.md'), text);
process.exitCode = wrong === 0 ? 0 : 1;

function cell(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
