import { treeOf } from '../../src/model/tree.ts';
import { readRepository } from '../../src/read/repository.ts';
import { rules } from '../../src/rules/registry.ts';
import { runRules } from '../../src/rules/run.ts';
import { ask } from '../support/ask.ts';
import type { Genuine } from '../support/genuine.ts';

const unreadable = ['repo/unparsable-yaml', 'repo/unexpected-shape', 'repo/binary-configuration'];

/** The rules that say of a configuration: Prometheus refuses it. */
export const refusingConfigurations = [
  ...unreadable,
  'prometheus/invalid-configuration',
  'prometheus/duplicate-job',
  'prometheus/timeout-over-interval',
];

/** The rules that say so of a configuration with the files it names, all of which promtool looks at. */
export const refusingTrees = [...refusingConfigurations, 'prometheus/invalid-target-file'];

/** The rules that say of a file of rules: Prometheus refuses it. */
export const refusingRuleFiles = [
  ...unreadable,
  'prometheus/invalid-rule-file',
  'rules/invalid-duration',
  'rules/unparsable-expression',
  'rules/invalid-template',
];

/** A verdict and the words it was given in. */
export interface Verdict {
  readonly verdict: 'accepts' | 'refuses' | 'crashes';
  readonly words: string;
}

const compose = `services:
  prometheus:
    image: prom/prometheus:v2.47.0
    volumes:
      - ./prometheus:/etc/prometheus:ro
`;

/** Our verdict on what a Prometheus of 2.47 reads, the files below its configuration folder: that of some rules. */
export function ours(files: Readonly<Record<string, string>>, refusing: readonly string[]): Verdict {
  const inFolder = Object.entries(files).map(([path, text]) => [`prometheus/${path}`, text]);
  try {
    const repository = readRepository(treeOf({ 'compose.yml': compose, ...Object.fromEntries(inFolder) }));
    const { findings } = runRules(
      repository,
      new Date('2026-06-01'),
      rules.filter(({ id }) => refusing.includes(id)),
    );
    const errors = findings.filter(({ rule, severity }) => severity === 'error' && refusing.includes(rule));
    const words = errors.map(({ rule, file, line, message }) => `${rule} ${file}:${line} ${message}`);
    if (words.some((text) => text.includes('itself broke here')))
      return { verdict: 'crashes', words: words.join('\n') };
    return { verdict: words.length > 0 ? 'refuses' : 'accepts', words: words.join('\n') };
  } catch (problem) {
    return {
      verdict: 'crashes',
      words: problem instanceof Error ? (problem.stack ?? problem.message) : String(problem),
    };
  }
}

const together = 50;

/**
 * promtool's verdict on many files, by name and many in one call: it says "SUCCESS" of each that it accepts. A call that
 * ends early (promtool crashes on some files) is made again for each file alone.
 */
export async function promtools(
  promtool: Genuine,
  command: readonly string[],
  texts: readonly string[],
): Promise<Verdict[]> {
  const chunks = Array.from({ length: Math.ceil(texts.length / together) }, (_, index) =>
    texts.slice(index * together, (index + 1) * together),
  );
  const answers = await ask(
    promtool,
    chunks.map((chunk) => question(command, chunk)),
  );
  const verdicts = chunks.map((chunk, index) => verdictsIn(answers[index]?.output ?? '', chunk.length));
  const alone = chunks.flatMap((chunk, index) => (verdicts[index] === undefined ? chunk : []));
  const again = await ask(
    promtool,
    alone.map((text) => question(command, [text])),
  );
  const single = again.map(
    ({ output }): Verdict => verdictsIn(output, 1)?.[0] ?? { verdict: 'refuses', words: output },
  );
  return chunks.flatMap((chunk, index) => verdicts[index] ?? single.splice(0, chunk.length));
}

function question(command: readonly string[], texts: readonly string[]) {
  const files = Object.fromEntries(texts.map((text, index) => [`case-${index}.yml`, text]));
  return { args: [...command, ...Object.keys(files)], files };
}

function verdictsIn(output: string, count: number): Verdict[] | undefined {
  if (/^(?:panic|fatal error): /m.test(output)) return undefined;
  const parts = output.split(/^Checking case-\d+\.yml$/m).slice(1);
  if (parts.length !== count) return undefined;
  return parts.map((words) => ({ verdict: words.includes('SUCCESS') ? 'accepts' : 'refuses', words: words.trim() }));
}
