import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { durableSteps } from '../../src/apply/steps.ts';
import { failures } from './failures.ts';
import { killAnywhere, killAt, killAtCalls, numberOf, type Race, race, type Tally, tallyOf } from './kills.ts';
import { tallyCells } from './markdown.ts';
import { receiptTables } from './receipt-tables.ts';
import { type Aftermath, type Trial, trialOf } from './trial.ts';
import { makeWorlds, smallWorld, stopClock, type Verb, type World } from './worlds.ts';

/** How much is tried. */
export interface Amounts {
  /** Kills at each step, half of them while it rolls back. */
  readonly kills: number;
  /** Kills before each call, or before every second, third… */
  readonly every: number;
  /** Kills at any time, for each repository and verb. */
  readonly random: number;
  /** Errors that each call fails with, of nine: three errors in three ways. */
  readonly passes: number;
  /** Pairs of runs at once, for each verb. */
  readonly races: number;
}

type Rows = readonly (readonly (string | number)[])[];

/** What one part of the whole found: rows of its table (or a text), and defects in words. */
export interface Part {
  readonly rows: Rows;
  readonly text: string;
  readonly faults: readonly string[];
}

/** The parts, each of which runs in a process of its own: what they do is all done one after another. */
export const parts = ['kills', 'elsewhere', 'failures', 'races'].flatMap((name) => [
  `${name} apply`,
  `${name} rollback`,
]);

/** The repositories that are not small. */
export async function worldsOf(): Promise<{ readonly worlds: readonly World[]; readonly small: World }> {
  stopClock();
  return {
    worlds: await makeWorlds(),
    small: smallWorld('a small one with every kind of change, checked out', 'main'),
  };
}

/** Runs one part in this process. */
export async function runPart(part: string, amounts: Amounts): Promise<Part> {
  const { worlds, small } = await worldsOf();
  const [first] = worlds;
  if (part === 'receipts') return { rows: [], text: receiptTables(first ?? small), faults: [] };
  const [name, word] = part.split(' ');
  const verb: Verb = word === 'rollback' ? 'rollback' : 'apply';
  const faults: string[] = [];
  const tallied = (what: string, aftermaths: readonly Aftermath[]): Tally => {
    const tally = tallyOf(aftermaths);
    faults.push(...tally.faults.map((fault) => `${verb} ${what}: ${fault}`));
    process.stderr.write(`${verb} ${what}: ${tally.runs} runs, ${tally.ended} ended\n`);
    return tally;
  };
  const rows: (string | number)[][] = [];
  if (name === 'kills') {
    const trials = worlds.map((world) => trialOf(verb, world));
    const half = Math.ceil(amounts.kills / 2);
    for (const step of durableSteps) {
      if (!trials.some((trial) => trial.steps.has(step.name))) continue;
      const tally = tallied(
        `killed at ${step.name}`,
        await killAt(step.name, trials, step.name === 'objects' ? amounts.kills : half),
      );
      rows.push([numberOf(step.name), step.what, verb, ...tallyCells(tally)]);
    }
  } else if (name === 'elsewhere') {
    const trial = trialOf(verb, small);
    const tally = tallied('killed at calls', await killAtCalls(trial, amounts.every));
    rows.push([
      `before call ${amounts.every === 1 ? 'by call' : `1, ${1 + amounts.every}, ${1 + 2 * amounts.every}…`}`,
      small.name,
      verb,
      ...tallyCells(tally),
    ]);
    for (const world of worlds) {
      const anywhere = tallied('killed anywhere', await killAnywhere(trialOf(verb, world), amounts.random));
      rows.push(['at any time', world.name, verb, ...tallyCells(anywhere)]);
    }
  } else if (name === 'failures') {
    const trial = trialOf(verb, small);
    for (const [how, aftermaths] of failures(trial, amounts.passes))
      rows.push([how, `${verb} (${trial.calls.length} calls)`, ...tallyCells(tallied(`failing: ${how}`, aftermaths))]);
  } else {
    rows.push([verb, ...(await raceCells(trialOf(verb, first ?? small), amounts.races, faults))]);
  }
  return { rows, text: '', faults };
}

async function raceCells(trial: Trial, times: number, faults: string[]): Promise<number[]> {
  const seen: Race[] = [];
  for (let turn = 0; turn < times; turn += 1) seen.push(await race(trial));
  const wrong = seen.filter(({ won, asAfter }) => won !== 1 || !asAfter);
  faults.push(...wrong.map((one) => `twice at once: ${JSON.stringify(one)}`));
  const told = seen.flatMap((one) => one.told);
  const locked = told.filter((text) => text.includes('another stackproof changes')).length;
  return [seen.length, seen.length - wrong.length, locked, told.length - locked];
}

/** Runs parts in processes of their own, some at a time. What is in the folder already is not run again. */
export async function runAll(
  script: string,
  names: readonly string[],
  { amounts, lanes, folder }: { readonly amounts: Amounts; readonly lanes: number; readonly folder: string },
): Promise<Map<string, Part>> {
  mkdirSync(folder, { recursive: true });
  const found = new Map<string, Part>();
  const waiting = [...names];
  const lane = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const file = join(folder, `${name.replace(' ', '-')}.json`);
      const said = existsSync(file)
        ? readFileSync(file, 'utf8')
        : await inProcess([script, '--part', name, '--amounts', JSON.stringify(amounts)]);
      writeFileSync(file, said);
      found.set(name, JSON.parse(said));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return found;
}

function inProcess(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => (code === 0 ? done(said) : fail(new Error(`a part ended with ${code}`))));
  });
}
