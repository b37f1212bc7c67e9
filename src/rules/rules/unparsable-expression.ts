import type { FindingDraft } from '../../model/finding.ts';
import { parsePromql } from '../../query/promql.ts';
import { defineRule } from '../define-rule.ts';
import { imageVersion, isAtMost } from '../support/versions.ts';

const follows = 'so Prometheus refuses the whole file and does not start';

/** Prometheus reads rule files at start: one expression that does not parse keeps it down. */
export const unparsableExpression = defineRule({
  id: 'rules/unparsable-expression',
  severity: 'error',
  over: 'rule',
  claim: 'Every expression of a rule is one that Prometheus can parse and evaluate.',
  check: (rule, { stack, group }) => {
    const { at, value } = rule.expr;
    const { problems, newer, type } = parsePromql(value);
    if (problems.length === 0 && newer.length === 0 && (type === 'vector' || type === 'scalar')) return [];
    const facts = { rule: rule.name, group: group.name };
    const [problem] = problems;
    if (problem !== undefined) {
      const message = `The expression of "${rule.name}" does not parse: ${problem.message}, ${follows}`;
      return [
        {
          at: { ...at, span: problem.span },
          message,
          hint: 'Mend it, and try it with promtool',
          facts: { ...facts, cause: problem.message },
        },
      ];
    }
    if (type === 'matrix' || type === 'string') {
      const message = `The expression of "${rule.name}" gives a ${type === 'matrix' ? 'range vector' : 'string'}, so every evaluation fails`;
      return [{ at, message, hint: 'Wrap it in a function that gives an instant vector', facts: { ...facts, type } }];
    }
    const server = stack.services.find((service) => service.product === 'prometheus' && isAtMost(service, 2, 47));
    return newer
      .slice(0, 1)
      .map((need): FindingDraft => {
        const version = imageVersion(server)?.join('.') ?? '';
        const message = `The expression of "${rule.name}" uses ${need.message}, which Prometheus ${version} does not know, ${follows}`;
        return { at: { ...at, span: need.span }, message, hint: 'Write it without, or raise the version', facts };
      })
      .filter(() => server !== undefined);
  },
});
