import { defineRule } from '../define-rule.ts';
import { isFlagOn } from '../support/features.ts';
import { mayBeFilledIn, placeholdersIn } from '../support/placeholders.ts';

/**
 * Prometheus 2 expands variables in external labels alone, and only with a feature flag
 * (https://prometheus.io/docs/prometheus/2.47/feature_flags/#expand-environment-variables-in-external-labels).
 */
export const unexpandedVariable = defineRule({
  id: 'prometheus/unexpanded-variable',
  severity: 'error',
  over: 'prometheus',
  claim: 'No value of the Prometheus configuration waits for an environment variable.',
  check: ({ file, value, service }, { stack, repository: { tree } }) => {
    const owner = stack.services.find((one) => one.name === service);
    if (file === undefined || owner === undefined) return [];
    const filled = mayBeFilledIn(tree, owner, file);
    return placeholdersIn(value)
      .filter(({ pointer }) => !pointer.some((step) => /relabel_configs$/.test(String(step))))
      .filter(({ pointer }) => pointer[1] !== 'external_labels' || !isFlagOn(owner, 'expand-external-labels'))
      .map(({ text, name, pointer, span }) => ({
        at: { file, pointer, span },
        message:
          filled === undefined
            ? `"${text}" is taken as it stands, for Prometheus expands no variables here`
            : `"${text}" is nothing Prometheus expands; ${filled}, so what is read cannot be told`,
        hint: 'Read it from a file (password_file, credentials_file, file_sd_configs, …), or render the configuration first',
        facts: { variable: name },
        ...(filled === undefined ? {} : { severity: 'info' as const }),
      }));
  },
});
