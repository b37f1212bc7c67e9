import { setImmediate } from 'node:timers/promises';
import { Unsupported } from './evaluate/value.ts';
import { asksForSeries, type Input, type Inputs, inputsFor, type NothingFound } from './inputs.ts';
import { scrapeInterval } from './labels.ts';
import { numbersOf } from './numbers.ts';
import { readTestOutput, type TestResult } from './promtool-output.ts';
import type { AlertUnderTest } from './under-test.ts';
import { unitTestFile } from './unit-test.ts';
import { type AlertVerdict, type Asked, told } from './verdict.ts';

/**
 * Runs `promtool test rules` on test files, which lie with the rule files in one folder, and gives what it printed to
 * standard output and standard error in the order it came. @throws Error where it could not be run.
 */
export type RunPromtool = (files: ReadonlyMap<string, string>, tests: readonly string[]) => Promise<string>;

/** Tries of an alert: other moments of the scrapes between evaluations, other inputs, samples closer than they are scraped. */
const rounds = [
  { phase: 1 / 2, skip: 0 },
  { phase: 1 / 20, skip: 0 },
  { phase: 1 / 2, skip: 1 },
] as const;

const atOnce = 300;

/**
 * Finds out by the genuine promtool whether each alert fires when it should and stays silent when it should. Every
 * round asks about all alerts at once that the rounds before left open.
 */
export async function proveAlerts(alerts: readonly AlertUnderTest[], run: RunPromtool): Promise<AlertVerdict[]> {
  const verdicts = new Map<AlertUnderTest, AlertVerdict>();
  for (const round of rounds) {
    const open = alerts.filter((alert) => verdicts.get(alert)?.settled !== true);
    const asked = new Map<AlertUnderTest, Asked>();
    for (const alert of open) {
      // A search takes a while, and others have to go on meanwhile.
      await setImmediate();
      const found = ask(alert, round);
      if ('settled' in found) verdicts.set(alert, verdicts.get(alert) ?? found);
      else asked.set(alert, found);
    }
    if (asked.size === 0) continue;
    const { files, tests } = filesOf(asked);
    const results = await resultsOf(files, [...tests.keys()], run);
    for (const [alert, one] of asked) {
      const of = (input: Input): TestResult | undefined =>
        results.get([...tests].find(([, test]) => test === input)?.[0] ?? '');
      verdicts.set(alert, told(alert, { ...one, results: of }));
    }
  }
  return alerts.map(
    (alert) => verdicts.get(alert) ?? { settled: true, looked: 0, problems: [], unknown: 'nothing was asked' },
  );
}

/** Runs so many tests at a time as take promtool seconds, not minutes. */
async function resultsOf(
  files: ReadonlyMap<string, string>,
  tests: readonly string[],
  run: RunPromtool,
): Promise<Map<string, TestResult>> {
  const results = new Map<string, TestResult>();
  for (let start = 0; start < tests.length; start += atOnce) {
    const some = tests.slice(start, start + atOnce);
    const needed = new Set(some.flatMap((test) => [test, test.replace(/^test-(\d+)-.*/, 'rules-$1.json')]));
    const own = new Map([...files].filter(([name]) => needed.has(name)));
    for (const [name, result] of readTestOutput(await run(own, some))) results.set(name, result);
  }
  return results;
}

function ask(alert: AlertUnderTest, { phase, skip }: (typeof rounds)[number]): Asked | AlertVerdict {
  const scraped = scrapeInterval(alert);
  try {
    const inputs = inputsFor(alert, { phase, spacing: scraped }, skip);
    if ('firing' in inputs) return askedOf(alert, inputs);
    const [shortest = Number.POSITIVE_INFINITY] = numbersOf([alert.expr]).ranges;
    if (shortest > scraped * 2) return nothing(alert, inputs);
    const denser = shortest / 5;
    const dense = inputsFor(alert, { phase, spacing: denser }, skip);
    if (!('firing' in dense)) return nothing(alert, inputs);
    const scrapedAtMost = Math.min(scraped, ...alert.targets.map(({ interval }) => interval));
    if (shortest <= scrapedAtMost && !alert.receives) return { ...askedOf(alert, dense), denser };
    return unknown(`it fires only with a sample every ${denser} s, and what is scraped of it comes every ${scraped} s`);
  } catch (problem) {
    if (!(problem instanceof Unsupported)) throw problem;
    return unknown(`no input can be made for ${problem.message}`);
  }
}

function askedOf(alert: AlertUnderTest, { firing, silent, well, nothing: none }: Inputs): Asked {
  return {
    firing,
    ...(silent === undefined ? {} : { silent }),
    always: silent === undefined && asksForSeries(alert) ? [well, none] : [],
  };
}

function nothing(alert: AlertUnderTest, { never }: NothingFound): AlertVerdict {
  const parts = never.map(({ span }) => `"${alert.text.slice(...span).replace(/\s+/g, ' ')}"`);
  const why = parts.length === 0 ? '' : `: nothing that was tried gave a result to ${parts.join(', ')}`;
  return { ...unknown(`no input was found for which it fires${why}`), settled: false };
}

function unknown(why: string): AlertVerdict {
  return { settled: true, looked: 0, problems: [], unknown: why };
}

function filesOf(asked: ReadonlyMap<AlertUnderTest, Asked>): { files: Map<string, string>; tests: Map<string, Input> } {
  const files = new Map<string, string>();
  const tests = new Map<string, Input>();
  for (const [index, [alert, { firing, silent, always }]] of [...asked].entries()) {
    const rules = `rules-${index}.json`;
    files.set(rules, alert.ruleFile);
    for (const [number, input] of [firing, ...(silent === undefined ? [] : [silent.input]), ...always].entries()) {
      const name = `test-${index}-${number}.json`;
      files.set(name, unitTestFile(alert, rules, input));
      tests.set(name, input);
    }
  }
  return { files, tests };
}
