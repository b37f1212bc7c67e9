import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { treeOf } from '../src/model/tree.ts';
import { readRepository } from '../src/read/repository.ts';
import { rules } from '../src/rules/registry.ts';
import { runRules } from '../src/rules/run.ts';
import { mutated } from './alertmanager/mutations.ts';
import { type Compared, type Explanation, hold, settle, withGenuine } from './support/agreement.ts';
import { ask } from './support/ask.ts';
import type { Genuine } from './support/genuine.ts';
import { many } from './support/samples.ts';

const here = import.meta.dirname;
const starts = [
  join(here, 'alertmanager/whole.yaml'),
  join(here, '../fixtures/stacks/healthy/monitoring/alertmanager/alertmanager.yml'),
  join(here, '../fixtures/repositories/before/ops/legacy/monitoring/alertmanager/alertmanager.yml'),
];

/** Whoever of ours says that Alertmanager refuses a file. */
const refusing = new Set([
  'alertmanager/invalid-configuration',
  'alertmanager/invalid-matcher',
  'alertmanager/undefined-receiver',
]);
const asked = rules.filter(({ id }) => refusing.has(id));
const compose =
  'services:\n  a:\n    image: prom/alertmanager:v0.26.0\n    volumes: ["./am.yml:/etc/alertmanager/alertmanager.yml"]\n';

function ourVerdict(text: string): { verdict: string; why: string } {
  const tree = treeOf({ 'compose.yml': compose, 'am.yml': text });
  const { findings } = runRules(readRepository(tree), new Date('2026-06-01'), asked);
  const errors = findings.filter(({ severity, file }) => severity === 'error' && file === 'am.yml');
  return { verdict: errors.length === 0 ? 'taken' : 'refused', why: errors.map(({ message }) => message).join(' | ') };
}

const explanations: readonly Explanation<string>[] = [
  {
    why: 'the text of a key is 0 or false, which Alertmanager takes for a text that is there, and nobody means',
    covers: ({ subject, ours }) => ours === 'refused' && /: (?:0|false)$/m.test(subject),
  },
];

withGenuine('amtool', 'agrees on which configurations Alertmanager refuses', async (amtool) => {
  const wholes: unknown[] = starts.map((path) => parse(readFileSync(path, 'utf8')));
  const texts = Array.from({ length: many(2000) }, (_, number) => {
    const whole = number % 4 === 1 ? wholes[1] : number % 4 === 2 ? wholes[2] : wholes[0];
    return stringify(number < 3 ? wholes[number] : mutated(whole, number), { aliasDuplicateObjects: false });
  });
  const theirs = await theirVerdicts(amtool, texts);
  const compared = texts.map((text, index): Compared<string> => {
    const ours = ourVerdict(text);
    const their = theirs[index] ?? '';
    return {
      subject: text,
      ours: ours.verdict,
      theirs: their === '' ? 'taken' : 'refused',
      shown: `theirs: ${their}\nours: ${ours.why}\n${text}`,
    };
  });
  console.log(`${compared.filter(({ theirs }) => theirs === 'taken').length} of them are taken`);
  hold('amtool check-config', settle(compared, explanations), 2000);
});

const batchSize = 10;

/** What amtool says against each file, the empty text where nothing. It judges many in one run, unless one crashes it. */
async function theirVerdicts(amtool: Genuine, texts: readonly string[]): Promise<string[]> {
  const batches = Array.from({ length: Math.ceil(texts.length / batchSize) }, (_, at) =>
    texts.slice(at * batchSize, (at + 1) * batchSize),
  );
  const answers = await ask(amtool, batches.map(questionOf));
  const verdicts = await Promise.all(
    batches.map(async (batch, index) => {
      const answer = answers[index];
      if (answer?.status === 0 || answer?.status === 1) return verdictsIn(answer.output);
      const each = await ask(
        amtool,
        batch.map((text) => questionOf([text])),
      );
      return each.map(({ status, output }) => (status === 0 ? '' : verdictsIn(output)[0] || `crashed: ${output}`));
    }),
  );
  return verdicts.flat();
}

function questionOf(texts: readonly string[]): { args: string[]; files: Record<string, string> } {
  const names = texts.map((_, index) => `${index}.yml`);
  return {
    args: ['check-config', ...names],
    files: Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ''])),
  };
}

function verdictsIn(output: string): string[] {
  return output
    .split(/^Checking '/m)
    .slice(1)
    .map((one) => /^\d+\.yml' {2}FAILED: ([\s\S]*?)\n\n?$/.exec(one)?.[1] ?? (one.includes('FAILED') ? one : ''));
}
