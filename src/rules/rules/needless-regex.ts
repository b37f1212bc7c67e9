import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import { parsePromql } from '../../query/promql.ts';
import type { SelectorMatcher } from '../../query/promql-tree.ts';
import { defineRule } from '../define-rule.ts';
import { gather } from '../support/gather.ts';

interface Needless {
  readonly at: Place;
  readonly written: string;
  readonly why: string;
}

/** Matchers are anchored already (https://prometheus.io/docs/prometheus/2.47/querying/basics/#time-series-selectors). */
export const needlessRegex = defineRule({
  id: 'rules/needless-regex',
  severity: 'info',
  over: 'prometheus',
  claim: 'Every regular expression of a matcher is one, and without anchors.',
  check: (config) => {
    const byFile = new Map<string, Needless[]>();
    for (const { file, rules } of config.ruleGroups)
      for (const { expr } of rules) {
        if (!expr.value.includes('~')) continue;
        for (const matcher of patternsOf(expr.value)) {
          const why = reason(matcher);
          if (why === undefined) continue;
          const one = { at: { ...expr.at, span: matcher.span }, written: expr.value.slice(...matcher.span), why };
          gather(byFile, file, one);
        }
      }
    return [...byFile.values()].flatMap(draft);
  },
});

function patternsOf(expr: string): SelectorMatcher[] {
  const found: SelectorMatcher[] = [];
  for (const node of parsePromql(expr).nodes)
    if (node.kind === 'selector') for (const one of node.matchers) if (one.op.endsWith('~')) found.push(one);
  return found;
}

function reason({ op, value }: SelectorMatcher): string | undefined {
  if (value === '' || /^[\w -]+$/.test(value))
    return `is no pattern, "${op[0]}${op === '=~' ? '' : '='}" says the same`;
  if (value === '.*') return op === '=~' ? 'leaves nothing out' : 'takes nothing';
  return /^\^|(?<!\\)\$$/.test(value) ? 'is anchored already' : undefined;
}

function draft(needless: readonly Needless[]): FindingDraft[] {
  const [first, ...others] = needless;
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : `; ${others.length} more in this file`;
  return [
    {
      at: first.at,
      message: `"${first.written}" ${first.why}${more}`,
      related: others.map(({ at, written, why }) => ({ at, note: `"${written}" ${why}` })),
      hint: 'Write it plainly',
      facts: { matchers: needless.map(({ written }) => written) },
    },
  ];
}
