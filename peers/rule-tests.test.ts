import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { proveAlerts, type RunPromtool } from '../src/rule-tests/prove.ts';
import type { AlertVerdict } from '../src/rule-tests/verdict.ts';
import { withGenuine } from './support/agreement.ts';
import type { Genuine } from './support/genuine.ts';
import { corpusAlerts } from './support/rule-stack.ts';

/** Runs promtool here; both of its outputs go into one file, in the order they were written. */
function running({ file }: Genuine): RunPromtool {
  return async (files, tests) => {
    // Each test is a database of its own, which a disk takes its time for.
    const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
    const folder = mkdtempSync(join(place, 'stackproof-peers-'));
    try {
      for (const [name, text] of files) writeFileSync(join(folder, name), text);
      const output = openSync(join(folder, 'output'), 'w');
      const env = { ...process.env, TMPDIR: folder };
      spawnSync(file, ['test', 'rules', ...tests], { cwd: folder, env, stdio: ['ignore', output, output] });
      closeSync(output);
      return readFileSync(join(folder, 'output'), 'utf8');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

async function verdictsOn(promtool: Genuine, ...names: readonly string[]): Promise<Map<string, AlertVerdict>> {
  const alerts = corpusAlerts(...names).map((one) => {
    if ('unreadable' in one) throw new Error(`${one.rule.name}: ${one.unreadable}`);
    return one.under;
  });
  const verdicts = await proveAlerts(alerts, running(promtool));
  return new Map(
    alerts.map(({ name }, index) => [name, verdicts[index] ?? { settled: true, looked: 0, problems: [] }]),
  );
}

/** What no input can be made for, and why that is so. */
const unsolved: Readonly<Record<string, string>> = {
  NotIngesting: 'one side has the label "type" since 2.47, and the other side has not',
  FailedToSendOne: 'failed notifications have the label "reason" since 0.26, and all notifications have not',
  Native: 'native histograms are not made',
  NativeCount: 'native histograms are not made',
};

withGenuine(
  'promtool',
  'sees alerts of every kind fire and stay silent on the inputs made for them',
  async (promtool) => {
    const verdicts = await verdictsOn(promtool, 'hosts', 'services', 'platform');
    const unknown = [...verdicts].filter(([, verdict]) => verdict.unknown !== undefined);
    const solved = verdicts.size - unknown.length;
    console.log(`unit tests made for ${solved} of ${verdicts.size} alerts`);
    expect(verdicts.size).toBeGreaterThan(200);
    expect(Object.fromEntries([...verdicts].filter(([, { problems }]) => problems.length > 0))).toEqual({});
    expect(Object.fromEntries(unknown.filter(([name]) => unsolved[name] === undefined))).toEqual({});
    expect(unknown.map(([name]) => name).sort()).toEqual(Object.keys(unsolved).sort());
  },
);

withGenuine('promtool', 'shows what is wrong with faulty alerts, and passes none of them', async (promtool) => {
  const verdicts = await verdictsOn(promtool, 'faulty');
  const words = [...verdicts].map(([name, { unknown, problems }]) => [
    name,
    problems.length > 0 ? problems.join() : `unknown: ${unknown}`,
  ]);
  expect(Object.fromEntries(words)).toEqual({
    AbsentOfDown: expect.stringMatching(/^it fires whatever its series are/),
    ZeroOrMore: expect.stringMatching(/^it fires whatever its series are/),
    RangeUnderInterval: expect.stringMatching(/^it never fires at the interval its series are scraped at/),
    NotANumber: expect.stringMatching(/^annotation "text" comes out as "<error expanding template/),
    NeverTwo: 'unknown: no input was found for which it fires: nothing that was tried gave a result to "up > 1"',
    FallingCounter: expect.stringMatching(/^unknown: no input was found for which it fires/),
    Unjoined: expect.stringMatching(/^unknown: no input was found for which it fires/),
    Fixed: 'unknown: no input can be made for a time fixed by "@"',
  });
});
