import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import type { GoTemplate } from '../../query/go-template.ts';
import { defineRule } from '../define-rule.ts';
import { templatedTexts, templateFiles } from '../support/template-texts.ts';
import { isAtMost } from '../support/versions.ts';

/**
 * The texts of a receiver are templates of Go, read when a notification is sent: one that does not parse is never sent. A file
 * of templates is read at the start (https://prometheus.io/docs/alerting/0.26/notifications/).
 */
export const invalidTemplate = defineRule({
  id: 'alertmanager/invalid-template',
  severity: 'error',
  over: 'alertmanager',
  claim: 'Every template of the receivers and of the template files parses.',
  check: (config, context) => {
    const known = isAtMost(
      context.stack.services.find((service) => service.name === config.service),
      0,
      26,
    );
    const judge = ({ problem }: GoTemplate, at: Place, what: string, follows: string): FindingDraft[] => {
      if (problem === undefined) return [];
      const later = !known && problem.message.startsWith('the function ');
      return [
        {
          at: { ...at, span: problem.span },
          ...(later ? { severity: 'info' as const } : {}),
          message: later
            ? `${what} does not parse in version 0.26 (${problem.message}), and the version of the image is another or not written, so whether it works cannot be told`
            : `${what} does not parse (${problem.message}), so ${follows}`,
          hint: "Close what is open, and use only what Alertmanager's templates know",
          facts: { cause: problem.message },
        },
      ];
    };
    return [
      ...templatedTexts(config).flatMap(({ receiver, key, at, parsed }) =>
        judge(
          parsed,
          at,
          `The template in "${key}" of receiver "${receiver.name}"`,
          'none of its notifications is sent',
        ),
      ),
      ...templateFiles(config, context).files.flatMap(({ path, parsed }) =>
        judge(parsed, { file: path }, `"${path}"`, 'Alertmanager does not start'),
      ),
    ];
  },
});
