import { treeOf } from '../src/model/tree.ts';
import { parseLogql } from '../src/query/logql.ts';
import { readRepository } from '../src/read/repository.ts';
import { rules } from '../src/rules/registry.ts';
import { runRules } from '../src/rules/run.ts';
import { mutatedQuery, writtenQuery } from './logql-samples.ts';
import { mutants } from './logs-samples.ts';
import { type Compared, type Explanation, hold, settle, withGenuine } from './support/agreement.ts';
import { ask } from './support/ask.ts';
import type { Genuine } from './support/genuine.ts';
import { askedLoki } from './support/loki.ts';
import { choices, many } from './support/samples.ts';

const verdict = (refused: boolean): string => (refused ? 'refused' : 'accepted');

/** What the rules say against a configuration: the rooms' own rules of what ends the program as it starts. */
function problemOf(kind: 'loki' | 'promtail', text: string): string {
  const mounted = kind === 'loki' ? 'loki/local-config.yaml' : 'promtail/config.yml';
  const service = `image: grafana/${kind}:2.9.2\n    volumes: ["./c.yml:/etc/${mounted}"]`;
  const tree = treeOf({ 'compose.yml': `services:\n  it:\n    ${service}\n`, 'c.yml': text });
  const { findings } = runRules(readRepository(tree), new Date(), judging[kind]);
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, message }) => `${rule}: ${message}`)
    .join('\n');
}

const starting = /\/(invalid-|refused-|short-retention|uncompilable-|unparsable-yaml|unexpected-shape)/;
const judging = {
  loki: rules.filter(({ id }) => /^(loki|repo)\//.test(id) && starting.test(id)),
  promtail: rules.filter(({ id }) => /^(promtail|repo)\//.test(id) && starting.test(id)),
};

interface Case {
  readonly text: string;
  /** What the genuine program said. */
  readonly output: string;
  /** What we said against it. */
  readonly problem: string;
}

/** A case that only the genuine program refuses, in these words. */
const stricter = (why: string, output: RegExp): Explanation<Case> => ({
  why,
  covers: ({ ours: own, subject }) => own === 'accepted' && output.test(subject.output),
});

/** A case that only we refuse, in these words. */
const laxer = (why: string, problem: RegExp): Explanation<Case> => ({
  why,
  covers: ({ theirs, subject }) => theirs === 'accepted' && problem.test(subject.problem),
});

const variable = stricter('whether a variable is filled in is the question of another rule', /`\$\{VAR\}`/);
const compiled = laxer('a stage is compiled as the query runs, and here it is only parsed', /template|address/);

async function compareConfigurations(
  program: Genuine,
  kind: 'loki' | 'promtail',
  args: readonly string[],
  count: number,
): Promise<Compared<Case>[]> {
  const texts = mutants(kind, choices(kind), many(count));
  const answers = await ask(
    program,
    texts.map((text) => ({ args: ['-config.file=c.yml', ...args], files: { 'c.yml': text } })),
  );
  return texts.map((text, index) => {
    const { status = null, output = '' } = answers[index] ?? {};
    const problem = problemOf(kind, text);
    const shown = `${problem}\n${output.slice(-400)}\n${text}`;
    return { subject: { text, output, problem }, ours: verdict(problem !== ''), theirs: verdict(status !== 0), shown };
  });
}

withGenuine('loki', 'takes the configurations that the rules take', async (loki) => {
  const compared = await compareConfigurations(loki, 'loki', ['-verify-config'], 300);
  hold('configurations of Loki', settle(compared, [variable]), 300);
});

withGenuine('promtail', 'takes the configurations that the rules take', async (promtail) => {
  const args = ['-dry-run', '-stdin', '-server.disable=true'];
  const compared = await compareConfigurations(promtail, 'promtail', args, 300);
  hold('configurations of Promtail', settle(compared, [variable]), 300);
});

withGenuine('loki', 'takes the queries that the parser takes', async (loki) => {
  const draw = choices('logql');
  const texts = Array.from({ length: many(1500) }, (_, index) => {
    const written = writtenQuery(draw);
    return index % 2 === 0 ? written : mutatedQuery(draw, written);
  });
  const compared = await askedLoki(loki, async (address) => {
    const list: Compared<Case>[] = [];
    for (const text of texts) {
      const answer = await fetch(`${address}/loki/api/v1/format_query?${new URLSearchParams({ query: text })}`);
      const output = await answer.text();
      const problem = parseLogql(text).problems[0]?.message ?? '';
      const shown = `${problem} | ${output.slice(0, 200)}\n${text}`;
      list.push({
        subject: { text, output, problem },
        ours: verdict(problem !== ''),
        theirs: verdict(!answer.ok),
        shown,
      });
    }
    return list;
  });
  hold('queries of Loki', settle(compared, [compiled]), 1500);
});
