import { defaultTemplates } from '../../catalog/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { templatedTexts, templateFiles } from '../support/template-texts.ts';

/** A template has an effect where a receiver or another template uses it, or where it takes the place of a default one. */
export const unusedTemplate = defineRule({
  id: 'alertmanager/unused-template',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'Every template of a template file is used.',
  check: (config, context) => {
    const { files } = templateFiles(config, context);
    const used = new Set([
      ...defaultTemplates,
      ...templatedTexts(config).flatMap(({ parsed }) => parsed.used.map(({ name }) => name)),
      ...files.flatMap(({ parsed }) =>
        parsed.used.filter(({ name, inside }) => name !== inside).map(({ name }) => name),
      ),
    ]);
    return files.flatMap(({ path, parsed: { defined } }) =>
      defined
        .filter(({ name }) => !used.has(name))
        .map(
          ({ name, span }): FindingDraft => ({
            at: { file: path, span },
            message: `Template "${name}" is used by no receiver and no other template, so it changes nothing`,
            hint: 'Use it in a receiver, or take it away',
            facts: { template: name },
          }),
        ),
    );
  },
});
