import { defaultTemplates } from '../../catalog/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import type { TemplateName } from '../../query/go-template.ts';
import { defineRule } from '../define-rule.ts';
import { misspelt } from '../support/misspelt.ts';
import { templatedTexts, templateFiles } from '../support/template-texts.ts';
import { isAtMost } from '../support/versions.ts';

/**
 * A template that is used and not defined makes every notification fail that asks for it. Alertmanager brings those of its
 * defaults itself (https://github.com/prometheus/alertmanager/blob/v0.26.0/template/default.tmpl).
 */
export const undefinedTemplate = defineRule({
  id: 'alertmanager/undefined-template',
  severity: 'error',
  over: 'alertmanager',
  claim: 'Every template that is used is defined in a template file, in place, or by Alertmanager itself.',
  check: (config, context) => {
    const { files, whole } = templateFiles(config, context);
    const owner = context.stack.services.find((service) => service.name === config.service);
    const sure = whole;
    const defined = new Set([
      ...defaultTemplates,
      ...files.flatMap(({ parsed }) => parsed.defined.map(({ name }) => name)),
    ]);
    const judge = (use: TemplateName, at: Place, who: string, own: ReadonlySet<string>): FindingDraft[] => {
      if (defined.has(use.name) || own.has(use.name)) return [];
      const later = use.name.includes('.default.') && !isAtMost(owner, 0, 26);
      const known = sure && !later;
      const meant = misspelt(use.name, defined);
      const follows = known
        ? 'so notifications that use it fail'
        : later
          ? 'but a later version may bring it, so whether it works cannot be told'
          : 'but not every template file is in the repository, so whether it works cannot be told';
      return [
        {
          at: { ...at, span: use.span },
          ...(known ? {} : { severity: 'info' as const }),
          message: `Template "${use.name}", which ${who} uses, is defined nowhere, ${follows}`,
          hint:
            meant === undefined ? 'Define it in a file that "templates" matches' : `Write "${meant}" if that is meant`,
          facts: { template: use.name },
        },
      ];
    };
    return [
      ...templatedTexts(config).flatMap(({ receiver, at, parsed }) => {
        const own = new Set(parsed.defined.map(({ name }) => name));
        return parsed.used.flatMap((use) => judge(use, at, `receiver "${receiver.name}"`, own));
      }),
      ...files.flatMap(({ path, parsed }) =>
        parsed.used.flatMap((use) => judge(use, { file: path }, `"${path}"`, new Set())),
      ),
    ];
  },
});
