import type { FindingDraft } from '../../model/finding.ts';
import type { Repository } from '../../model/repository.ts';
import type { Stack } from '../../model/stack.ts';
import { defineRule } from '../define-rule.ts';
import { listedVariables } from './variable-files.ts';

/**
 * Compose reads `.env` beside the compose file (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file):
 * a compose file that moves away from it keeps its variables and loses their values.
 */
export const lostVariable = defineRule({
  id: 'compose/lost-variable',
  severity: 'error',
  over: 'stack',
  claim: 'Every variable that had a value before the plan has one after it.',
  check: (stack, { repository }) => {
    const before = stackBefore(repository, stack);
    if (before === undefined) return [];
    const values = new Map(
      before.variables.flatMap((use) => (use.value === undefined ? [] : [[use.name, use] as const])),
    );
    const listed = listedVariables(repository.tree, stack.composeFile);
    const told = new Set<string>();
    return stack.variables.flatMap((use): FindingDraft[] => {
      const had = values.get(use.name);
      if (had === undefined || use.value !== undefined || use.defaulted || told.has(use.name)) return [];
      told.add(use.name);
      return [
        {
          at: use.at,
          message: `Variable "${use.name}" has a value in the repository before the plan and none after it, so compose puts nothing there`,
          hint: `Move the file that defines it beside "${stack.composeFile}"`,
          facts: { variable: use.name, before: before.composeFile },
          ...(listed.names.has(use.name) ? { severity: 'warning' as const } : {}),
        },
      ];
    });
  },
});

/** The same stack before the plan: the compose file of this path, or the one that was moved here. */
function stackBefore({ base, removed }: Repository, { composeFile }: Stack): Stack | undefined {
  const moved = removed.find(({ movedTo }) => movedTo === composeFile)?.path;
  return base?.stacks.find((one) => one.composeFile === (moved ?? composeFile));
}
