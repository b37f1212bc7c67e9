import type { FindingDraft } from '../../model/finding.ts';
import { folderOf, insideRepository } from '../../read/paths.ts';
import { flagAt, isMapping, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { isIgnored } from '../support/ignored.ts';
import { placeIn } from '../support/places.ts';
import { isFilledIn } from './undeclared.ts';

/**
 * `env file … not found`: compose ends unless the file is `required: false`
 * (https://docs.docker.com/reference/compose-file/services/#env_file).
 */
export const missingEnvFile = defineRule({
  id: 'compose/missing-env-file',
  severity: 'error',
  over: 'service',
  claim: 'Every file of variables that a service needs is in the repository, or git ignores it.',
  check: (service, { stack, repository: { tree } }): FindingDraft[] => {
    const written = valueAt(service.definition, 'env_file');
    const entries: readonly unknown[] = Array.isArray(written) ? written : [written];
    return entries.flatMap((entry, index): FindingDraft[] => {
      const name = isMapping(entry) ? textValue(entry, 'path') : textValue(entry);
      const path = name === undefined ? undefined : insideRepository(folderOf(service.at.file), name);
      if (path === undefined || flagAt(entry, 'required') === false || tree.files.has(path)) return [];
      const at = placeIn(service, 'env_file', ...(Array.isArray(written) ? [index] : []));
      if ('extends' in service.definition || isFilledIn(stack, at)) return [];
      const facts = { service: service.name, file: path };
      const known =
        isIgnored(tree, path) || ['.example', '.sample'].some((ending) => tree.files.has(`${path}${ending}`));
      if (known) {
        const message = `"${name}" is not in the repository on purpose, so which variables service "${service.name}" gets cannot be told`;
        return [{ at, severity: 'info', message, facts }];
      }
      return [
        {
          at,
          message: `"${name}", where service "${service.name}" takes its variables from, is not in the repository, so compose ends without starting anything`,
          hint: 'Add it, keep an example of it beside it, or say "required: false"',
          facts,
          // Such a file is often written on the server alone.
          ...(/(?:^|[./])env(?:\.|$)/i.test(name ?? '') ? { severity: 'warning' as const } : {}),
        },
      ];
    });
  },
});
