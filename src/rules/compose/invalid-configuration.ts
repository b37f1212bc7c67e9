import { textAt } from '../../model/tree.ts';
import { composeFile } from '../../schema/compose/file.ts';
import { problemsOf } from '../../schema/problems.ts';
import { defineRule } from '../define-rule.ts';
import { schemaFindings } from '../support/schema-findings.ts';

/**
 * `services.x additional properties 'y' not allowed`, `… must be a string`: compose holds every file against its specification before
 * it does anything (https://docs.docker.com/reference/compose-file/). `!reset` and `!override` change what a value is.
 */
export const invalidConfiguration = defineRule({
  id: 'compose/invalid-configuration',
  severity: 'error',
  over: 'stack',
  claim: 'Every compose file has only keys and values that compose reads.',
  check: (stack, { repository: { tree } }) =>
    stack.sources.flatMap(({ file, value }) =>
      /!(?:reset|override)\b/.test(textAt(tree, file) ?? '')
        ? []
        : schemaFindings(file, problemsOf(composeFile, value, [], { nullIsUnset: false }), {
            follows: 'compose refuses the file',
            known: true,
          }),
    ),
});
