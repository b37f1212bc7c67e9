import type { FindingDraft } from '../../model/finding.ts';
import type { PrometheusConfig } from '../../model/prometheus.ts';
import { type Tree, textAt } from '../../model/tree.ts';
import { defineRule } from '../define-rule.ts';
import { gather } from '../support/gather.ts';
import { quoteAll } from '../support/quote.ts';
import { metricsRead, type Recording, recordingsOf } from '../support/recordings.ts';
import { remembered } from '../support/remembered.ts';

/** A series that is recorded costs time and space; who looks at it by hand, the files do not tell. */
export const unusedRecording = defineRule({
  id: 'rules/unused-recording',
  severity: 'info',
  over: 'prometheus',
  claim: 'Every recorded series is read by a rule, a panel or another server.',
  check: (config, { repository: { tree } }) => {
    if (leavesTheServer(config)) return [];
    const recordings = recordingsOf(config);
    if (recordings.size === 0) return [];
    const read = new Set(
      config.ruleGroups.flatMap(({ rules }) => rules.flatMap((rule) => metricsRead(rule.expr.value))),
    );
    const unread = [...recordings].filter(([name]) => !read.has(name) && !wordsOf(tree).has(name));
    const byFile = new Map<string, Recording[]>();
    for (const [, makers] of unread) for (const one of makers.slice(0, 1)) gather(byFile, one.group.file, one);
    return [...byFile.values()].flatMap(draft);
  },
});

function draft(unread: readonly Recording[]): FindingDraft[] {
  const [first, ...others] = unread;
  if (first === undefined) return [];
  const names = unread.map(({ rule }) => rule.name);
  return [
    {
      at: first.rule.at,
      message: `${quoteAll(names)} ${names.length === 1 ? 'is' : 'are'} recorded and read by no rule and no panel of the repository, so whether anybody needs ${names.length === 1 ? 'it' : 'them'} cannot be told`,
      related: others.map(({ rule }) => ({ at: rule.at, note: `the same of "${rule.name}"` })),
      facts: { recorded: names },
    },
  ];
}

function leavesTheServer({ value, file }: PrometheusConfig): boolean {
  return file === undefined || value['remote_write'] !== undefined;
}

/** Names with a colon, or like metrics, in every text that is not the line of a recording rule's name. */
const wordsOf = remembered((tree: Tree): ReadonlySet<string> => {
  const words = new Set<string>();
  for (const path of tree.files.keys()) {
    if (!/\.(?:ya?ml|json|jsonnet|libsonnet|tf|rules)$/.test(path)) continue;
    const text = textAt(tree, path) ?? '';
    const read = text.replace(/^\s*(?:-\s*)?record:.*$|"record"\s*:\s*"[^"]*"/gm, '');
    for (const [word] of read.matchAll(/[a-zA-Z_][a-zA-Z0-9_:]*/g)) words.add(word);
  }
  return words;
});
