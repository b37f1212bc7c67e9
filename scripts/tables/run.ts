import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table, tallyHead } from './markdown.ts';
import { type Part, parts, runAll, runPart } from './parts.ts';
import { worldNames } from './worlds.ts';

/**
 * `npm run tables -- [--kills N] [--every N] [--random N] [--passes N] [--races N] [--lanes N]` tries apply and rollback and writes
 * `docs/apply-tables.md`. With `--parts DIR` what a run that was ended had found is kept there for the next. It exits with 1 where anything was between before and after, or was not ended.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '40' },
    random: { type: 'string', default: '10' },
    every: { type: 'string', default: '1' },
    passes: { type: 'string', default: '9' },
    races: { type: 'string', default: '10' },
    lanes: { type: 'string', default: '2' },
    parts: { type: 'string' },
    part: { type: 'string' },
    amounts: { type: 'string' },
  },
});

if (values.part === undefined) await all();
else process.stdout.write(JSON.stringify(await runPart(values.part, JSON.parse(values.amounts ?? '{}'))));

async function all(): Promise<void> {
  const amounts = {
    kills: Number(values.kills),
    random: Number(values.random),
    every: Number(values.every),
    passes: Number(values.passes),
    races: Number(values.races),
  };
  const found = await runAll(import.meta.filename, [...parts, 'receipts'], {
    amounts,
    lanes: Number(values.lanes),
    folder: values.parts ?? mkdtempSync(join(tmpdir(), 'stackproof-tables-')),
  });
  const asked = Object.entries(amounts)
    .map(([name, amount]) => `--${name} ${amount}`)
    .join(' ');
  const rowsOf = (name: string): Part['rows'] =>
    parts.filter((part) => part.startsWith(name)).flatMap((part) => found.get(part)?.rows ?? []);
  const byNumber = [...rowsOf('kills')].sort(([a], [b]) => Number(a) - Number(b));
  const text = `# What apply and rollback were put through

Written by \`npm run tables -- ${asked}\` ([scripts/tables](../scripts/tables)); every number is from that run, and it fails where one
in the column *between* is not 0 or a run is not ended by the next. What the steps are is told in [apply.md](apply.md).

A repository stands *before* where refs, index and files are as they were; *after* where they are as after a run that
nobody disturbed; *after, files to follow* where the refs are as after and each file is whole, as before or as after:
that is only where the branch is checked out. Anything else is *between*. The next run is the same command again: it has
ended the one before where refs, index and files are then as after, and no lock or folder is left.

The repositories are git copies of the bundled example, with its plan: ${worldNames.join('; ')}. Odd files are a submodule, a
link, a program, line ends by attribute, and names with a space, an umlaut and a line end.

## Killed (SIGKILL) at each durable step

In turns on the repositories, where the step is one of theirs.

${table(['step', 'is done when the run is killed', 'of', ...tallyHead], byNumber)}

## Killed anywhere else

Every second kill *at any time* takes the git that was running with it; runs that ended before it came are not counted.

${table(['killed', 'repository', 'of', ...tallyHead], rowsOf('elsewhere'))}

## The n-th call of the file system, git or a hook fails, for every n

On a small repository with every kind of change, its branch checked out. Of the nine ways below each call fails in ${amounts.passes}, in
turn. *From then on* every later call fails too;
*after acting* the call did what it was asked and yet says that it failed.

${table(['how it fails', 'of', ...tallyHead], rowsOf('failures'))}

## Two at once

${table(['verb', 'times', 'one won, and all is as after one', 'told that another is at it', 'told that it is done'], rowsOf('races'))}

${found.get('receipts')?.text ?? ''}`;
  writeFileSync(join(import.meta.dirname, '../../docs/apply-tables.md'), text);
  const faults = [...found.values()].flatMap((part) => part.faults);
  for (const fault of faults) process.stderr.write(`FAULT ${fault}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
