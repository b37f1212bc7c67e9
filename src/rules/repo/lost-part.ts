import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { kinds, type Lost } from './lost-kinds.ts';

/**
 * A plan moves files, and what stood in the file that was not kept is gone without a word. Everything of a kind that was
 * there before is looked for after it; what went with its own service went on purpose.
 */
export const lostPart = defineRule({
  id: 'repo/lost-part',
  severity: 'error',
  over: 'repository',
  claim: 'What the stacks had before the plan, they have after it.',
  check: (repository) => {
    const { base } = repository;
    if (base === undefined) return [];
    return kinds.flatMap((kind) => {
      const lost = kind.lost(base, repository);
      return [lost.filter(({ used }) => used), lost.filter(({ used }) => !used)].flatMap(
        (some, index): FindingDraft[] => {
          const [first] = some;
          if (first === undefined) return [];
          return [{ ...draft(kind.called, first, some), ...(index === 0 ? {} : { severity: 'warning' as const }) }];
        },
      );
    });
  },
});

function draft(
  called: readonly [one: string, several: string],
  { at, follows }: Lost,
  all: readonly Lost[],
): FindingDraft {
  const names = [...new Set(all.map(({ name }) => name))];
  const [one, several] = called;
  return {
    at,
    message: `${names.length === 1 ? one : several} ${quoteAll(names, 6)} of "${all[0]?.before ?? ''}" ${names.length === 1 ? 'is' : 'are'} gone after the plan, ${follows}`,
    hint: 'Take it over, or say in a waiver why it may go',
    facts: { kind: one, lost: names },
  };
}
