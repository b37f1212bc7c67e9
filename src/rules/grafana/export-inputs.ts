import type { FindingDraft } from '../../model/finding.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { mayBeFilledIn, placeholdersIn } from '../support/placeholders.ts';

/**
 * A dashboard that was exported to be shared asks for its `__inputs` in the import form; a provisioned file has no form, and
 * its `${DS_…}` stay as they are (https://github.com/grafana/grafana/issues/10786).
 */
export const exportInputs = defineRule({
  id: 'grafana/export-inputs',
  severity: 'error',
  over: 'dashboard',
  claim: 'No provisioned dashboard waits for the inputs of an import.',
  check: ({ file, title, value, variables }, { grafana, stack, repository: { tree } }) => {
    const service = stack.services.find((one) => one.name === grafana.service);
    if (value === undefined) return [];
    const known = new Set(variables.map(({ name }) => name));
    const inputs = listAt(value, '__inputs').flatMap((input) => textValue(input, 'name') ?? []);
    const { __inputs, ...rest } = value;
    const used = inputs.some((name) => name !== '') ? placeholdersIn(rest) : [];
    return [...new Set(inputs)].flatMap((name): FindingDraft[] => {
      const [first, ...others] = used.filter((one) => one.name === name);
      if (first === undefined || known.has(name)) return [];
      // Some give a datasource the very name that stands in the file.
      const answered = grafana.datasources.some((source) => `${source.name} ${source.uid}`.includes(name));
      if (answered) return [];
      const filler = service === undefined ? undefined : mayBeFilledIn(tree, service, file);
      if (filler !== undefined) {
        const message = `Dashboard "${title ?? file}" waits for "${first.text}" of its import form, and ${filler}, so whether it works cannot be told`;
        return [{ at: { file, pointer: first.pointer }, severity: 'info', message, facts: { input: name } }];
      }
      return [
        {
          at: { file, pointer: first.pointer },
          message: `Dashboard "${title ?? file}" waits for "${first.text}" of its import form${others.length === 0 ? '' : ` ${others.length + 1} times`}, and a provisioned file has none, so what uses it shows no data`,
          hint: 'Write the uid of the datasource, or the value itself, in its place',
          facts: { dashboard: title ?? file, input: name, uses: others.length + 1 },
        },
      ];
    });
  },
});
