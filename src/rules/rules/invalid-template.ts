import { ruleTemplateProblem } from '../../query/rule-template.ts';
import { defineRule } from '../define-rule.ts';
import { templatesOf } from '../support/rule-texts.ts';

/**
 * Labels and annotations of alerts are Go templates, parsed when the file is read
 * (https://prometheus.io/docs/prometheus/2.47/configuration/template_reference/).
 */
export const invalidTemplate = defineRule({
  id: 'rules/invalid-template',
  severity: 'error',
  over: 'alert-rule',
  claim: 'Every label and annotation of an alert is a template that Prometheus can parse.',
  check: (rule) =>
    templatesOf(rule).flatMap(({ name, text, at }) => {
      const problem = ruleTemplateProblem(text);
      if (problem === undefined) return [];
      return [
        {
          at: { ...at, span: problem.span },
          message: `The template "${name}" of alert "${rule.name}" does not parse: ${problem.message}, so Prometheus refuses the whole file and does not start`,
          hint: 'Mend the template, and try it with promtool',
          facts: { alert: rule.name, text: name, cause: problem.message },
        },
      ];
    }),
});
