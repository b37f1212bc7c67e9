import { parsePromql } from '../../query/promql.ts';
import { failuresOf } from '../../query/promql-failure.ts';
import { defineRule } from '../define-rule.ts';
import { isAtMost } from '../support/versions.ts';

/** Some arguments are only looked at when the expression is evaluated: the file loads, and the rule fails every time. */
export const failingExpression = defineRule({
  id: 'rules/failing-expression',
  severity: 'error',
  over: 'rule',
  claim: 'No expression of a rule fails whenever it is evaluated.',
  check: ({ name, expr }, { stack }) => {
    if (!/label_|count_values|holt_winters/i.test(expr.value)) return [];
    const old = stack.services.some((service) => service.product === 'prometheus' && isAtMost(service, 2, 99));
    return failuresOf(parsePromql(expr.value).nodes)
      .filter(({ until3 }) => old || !until3)
      .slice(0, 1)
      .map(({ message, span }) => ({
        at: { ...expr.at, span },
        message: `Every evaluation of "${name}" fails: ${message}`,
        hint: 'Mend the argument',
        facts: { rule: name, cause: message },
      }));
  },
});
