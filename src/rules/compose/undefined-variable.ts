import type { FindingDraft } from '../../model/finding.ts';
import type { VariableUse } from '../../model/stack.ts';
import { type Tree, textAt } from '../../model/tree.ts';
import { defineRule } from '../define-rule.ts';
import { listedVariables } from './variable-files.ts';

/**
 * Compose puts the empty text where a variable has no value
 * (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/). The server may define it
 * outside the repository: that is known only where a file of variables beside the compose file leaves it out.
 */
export const undefinedVariable = defineRule({
  id: 'compose/undefined-variable',
  severity: 'warning',
  over: 'stack',
  claim: 'Every variable of a compose file has a value, a default, or a line in the example of its variables.',
  check: (stack, { repository: { tree } }) => {
    const listed = listedVariables(tree, stack.composeFile);
    const first = new Map<string, VariableUse>();
    for (const use of stack.variables) {
      const needed = use.value === undefined && !use.defaulted && !listed.names.has(use.name) && !isRequired(tree, use);
      if (needed && !first.has(use.name)) first.set(use.name, use);
    }
    return [...first.values()].map((use) => draft(use, listed.file));
  },
});

function draft(use: VariableUse, list: string | undefined): FindingDraft {
  const facts = { variable: use.name };
  if (list === undefined) {
    return {
      at: use.at,
      severity: 'info',
      message: `Variable "${use.name}" is defined nowhere in the repository, so whether it is empty cannot be told`,
      hint: `Keep an example of the variables beside the compose file, or require it: \${${use.name}:?}`,
      facts,
    };
  }
  return {
    at: use.at,
    message: `Variable "${use.name}" has no value, no default and no line in "${list}", so compose puts nothing there`,
    hint: `Add it to "${list}", or require it: \${${use.name}:?}`,
    facts,
  };
}

/** `${X:?words}` refuses to start without a value: nothing is silently empty. */
function isRequired(tree: Tree, use: VariableUse): boolean {
  const text = textAt(tree, use.at.file) ?? '';
  return new RegExp(`\\$\\{${use.name}:?\\?`).test(text);
}
