import { expect } from 'vitest';
import { alertRules } from '../src/model/prometheus.ts';
import { parsePromql } from '../src/query/promql.ts';
import { readDirectory } from '../src/read/directory.ts';
import { readRepository } from '../src/read/repository.ts';
import { hold, settle, withGenuine } from './support/agreement.ts';
import { ask } from './support/ask.ts';
import type { Genuine } from './support/genuine.ts';
import { promqlSamples } from './support/promql-samples.ts';
import { many } from './support/samples.ts';

const together = 50;

/**
 * promtool names a rule file it was given by name and then says SUCCESS where it could read it, so one run tells the
 * verdict on many expressions; its exit code does not.
 */
async function verdicts(promtool: Genuine, exprs: readonly string[]): Promise<string[]> {
  const names = exprs.map((_, index) => `e${index}.yml`);
  const questions = Array.from({ length: Math.ceil(exprs.length / together) }, (_, page) => {
    const args = names.slice(page * together, (page + 1) * together);
    const files = args.map((name, index) => [name, ruleFile(exprs[page * together + index] ?? '')] as const);
    return { args: ['check', 'rules', ...args], files: Object.fromEntries(files) };
  });
  const answers = await ask(promtool, questions);
  const output = answers.map((answer) => answer.output).join('');
  const accepted = new Set([...output.matchAll(/Checking (e\d+\.yml)\s+SUCCESS/g)].map(([, name]) => name));
  return names.map((name) => (accepted.has(name) ? 'accepts' : 'refuses'));
}

function ruleFile(expr: string): string {
  return JSON.stringify({ groups: [{ name: 'g', rules: [{ alert: 'A', expr }] }] });
}

/** What 2.47 makes of an expression, as we see it. */
function ourVerdict(expr: string): string {
  const { problems, newer } = parsePromql(expr);
  return problems.length + newer.length === 0 ? 'accepts' : 'refuses';
}

function corpus(): string[] {
  const folders = ['fixtures/stacks/healthy', 'fixtures/repositories/before'];
  const stacks = folders.flatMap((folder) => readRepository(readDirectory(folder)).stacks);
  return stacks.flatMap((stack) => stack.prometheus.flatMap(alertRules)).map((rule) => rule.expr.value);
}

withGenuine('promtool', 'takes and refuses the same expressions as we do', async (promtool) => {
  const exprs = promqlSamples(corpus(), many(1200), many(1800));
  const theirs = await verdicts(promtool, exprs);
  const taken = theirs.filter((verdict) => verdict === 'accepts').length;
  expect(Math.min(taken, exprs.length - taken), 'cases of the rarer verdict').toBeGreaterThan(400);
  const compared = exprs.map((expr, index) => ({
    subject: expr,
    ours: ourVerdict(expr),
    theirs: theirs[index] ?? 'refuses',
    shown: JSON.stringify(expr),
  }));
  hold('PromQL expressions, promtool', settle(compared, []), 2000);
});
