import { defineFault } from '../define-rule.ts';

/** The matcher's form: https://prometheus.io/docs/alerting/0.26/configuration/#matcher. */
export const invalidMatcher = defineFault({
  id: 'alertmanager/invalid-matcher',
  severity: 'error',
  over: 'alertmanager',
  claim: 'Every matcher is a label, an operator and a value.',
});
