import type { FindingDraft } from '../../model/finding.ts';
import type { VariableUse } from '../../model/stack.ts';
import { type Tree, textAt } from '../../model/tree.ts';
import { baseOf, folderOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';

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
    const lists = variableFiles(tree, stack.composeFile);
    const listed = new Set(lists.flatMap(([, text]) => namesIn(text)));
    const first = new Map<string, VariableUse>();
    for (const use of stack.variables) {
      const needed = use.value === undefined && !use.defaulted && !listed.has(use.name) && !isRequired(tree, use);
      if (needed && !first.has(use.name)) first.set(use.name, use);
    }
    return [...first.values()].map((use) => draft(use, lists[0]?.[0]));
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

function variableFiles(tree: Tree, composeFile: string): [string, string][] {
  const folder = folderOf(composeFile);
  return [...tree.files.keys()]
    .filter((path) => folderOf(path) === folder && /(^|\.)env(\.|$)/i.test(baseOf(path)))
    .sort()
    .flatMap((path): [string, string][] => {
      const text = textAt(tree, path);
      return text === undefined ? [] : [[path, text]];
    });
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/^\s*#?\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/gm)].map((match) => match[1] ?? '');
}
