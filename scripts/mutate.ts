import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { broken, type Defect, defects, examine, healthy } from '../fixtures/defects/defect.ts';
import { mutants } from '../fixtures/defects/mutants.ts';
import type { Tree } from '../src/model/tree.ts';
import { rules } from '../src/rules/registry.ts';

// `npm run mutate -- [STEP] [--write]`: which rules nothing would miss. Exit 1 where there is one, or where one broke.
const step = Number(process.argv[2] ?? 7);
const untouched: Defect = { about: '', edits: [], finds: [] };
const usual = new Set(examine(untouched, healthy).findings.map(nameOf));
const told = new Map<string, number>();
const alone = new Map<string, number>();
const broke = new Set<string>();

function nameOf({ rule, file, message }: { rule: string; file: string; message: string }): string {
  return `${rule} ${file} ${message}`;
}

/** Counts the rules that say something new of a tree; gives whether there is one. */
function count(defect: Defect, tree: Tree): boolean {
  const fresh = examine(defect, tree).findings.filter((finding) => !usual.has(nameOf(finding)));
  for (const { rule, message } of fresh) if (message.includes('itself broke')) broke.add(rule);
  const who = [...new Set(fresh.map(({ rule }) => rule))];
  for (const rule of who) told.set(rule, (told.get(rule) ?? 0) + 1);
  const [only] = who;
  if (who.length === 1 && only !== undefined) alone.set(only, (alone.get(only) ?? 0) + 1);
  return who.length > 0;
}

const written = [...defects().values()].flat().map((defect) => count(defect, broken(defect)));
const altered = [...mutants(step)].map(({ tree }) => count(untouched, tree));
const rows = rules.map(({ id }) => ({ id, told: told.get(id) ?? 0, alone: alone.get(id) ?? 0 }));
const unmissed = rows.filter((row) => row.told === 0);
const listed = (ids: readonly { id: string }[]): string =>
  ids.length === 0 ? 'none' : ids.map(({ id }) => `\`${id}\``).join(', ');
const yes = (answers: readonly boolean[]): number => answers.filter(Boolean).length;
const text = `# What nobody would miss

Written by \`npm run mutate -- ${step} --write\`: the written defects of \`fixtures/defects\`, and lines of the healthy stack
altered by machine. Of ${written.length} written defects ${yes(written)} are told, of ${altered.length} mutants ${yes(altered)}; the other mutants are lines
that may well be otherwise, such as a text, or another number that works.

- Rules that nothing would miss: ${listed(unmissed)}.
- Rules that broke: ${broke.size === 0 ? 'none' : [...broke].join(', ')}.
- Rules that never were the only one to speak: ${listed(rows.filter((row) => row.told > 0 && row.alone === 0))}.

| Rule | Told of | Alone in telling |
|---|---|---|
${rows
  .sort((a, b) => (a.id < b.id ? -1 : 1))
  .map((row) => `| ${row.id} | ${row.told} | ${row.alone} |`)
  .join('\n')}
`;
if (process.argv.includes('--write')) writeFileSync(join(import.meta.dirname, '../docs/mutation.md'), text);
else process.stdout.write(text);
process.exitCode = unmissed.length + broke.size === 0 ? 0 : 1;
