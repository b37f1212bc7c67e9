import { defineRule } from '../define-rule.ts';
import { mayBeFilledIn, placeholdersIn } from '../support/placeholders.ts';

/**
 * Alertmanager reads no environment variables into its configuration
 * (https://github.com/prometheus/alertmanager/issues/504): what is written is sent as it stands.
 */
export const unexpandedVariable = defineRule({
  id: 'alertmanager/unexpanded-variable',
  severity: 'error',
  over: 'alertmanager',
  claim: 'No value of the Alertmanager configuration waits for an environment variable.',
  check: ({ file, value, service }, { stack, repository: { tree } }) => {
    const owner = stack.services.find((one) => one.name === service);
    if (file === undefined || owner === undefined) return [];
    const filled = mayBeFilledIn(tree, owner, file);
    return placeholdersIn(value).map(({ text, name, pointer, span }) => ({
      at: { file, pointer, span },
      message:
        filled === undefined
          ? `"${text}" is sent as it stands, for Alertmanager expands no variables`
          : `"${text}" is nothing Alertmanager expands; ${filled}, so what is sent cannot be told`,
      hint: 'Read it from a file (smtp_auth_password_file, credentials_file, url_file, …), or render the configuration first',
      facts: { variable: name },
      ...(filled === undefined ? {} : { severity: 'info' as const }),
    }));
  },
});
