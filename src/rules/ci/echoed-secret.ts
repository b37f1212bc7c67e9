import { defineRule } from '../define-rule.ts';
import { commandsOf } from '../support/shell.ts';

const secret = /\$\{?(\w*(?:PASSWORD|PASSWD|SECRET|TOKEN|PRIVATE_KEY|API_KEY|CREDENTIALS?)\w*)\}?/i;

/**
 * What a job prints stays in its log; GitLab hides only variables that are masked
 * (https://docs.gitlab.com/ci/variables/#mask-a-cicd-variable), and never one that a script made.
 */
export const echoedSecret = defineRule({
  id: 'ci/echoed-secret',
  severity: 'warning',
  over: 'pipeline-job',
  claim: 'No job prints a secret into its log.',
  check: (job) =>
    job.script.flatMap(({ text, at }) =>
      commandsOf(text).flatMap(({ word, text: whole, start }) => {
        const end = start + whole.length;
        const piped = /^\s*(?:\)|\|(?!\|))/.test(text.slice(end));
        const all = (word === 'printenv' || word === 'env' || word === 'export') && whole === word;
        const name = word === 'echo' || word === 'printf' || word === 'cat' ? secret.exec(whole)?.[1] : undefined;
        if (piped || (!all && (name === undefined || isUsed(whole)))) return [];
        return [
          {
            at: { ...at, span: [start, end] as const },
            message: all
              ? `Job "${job.name}" prints every variable with "${word}", so whoever reads its log has those that are not masked`
              : `Job "${job.name}" prints "${name}", so whoever reads its log has it unless it is masked`,
            hint: 'Print whether it is set, not what it is',
            facts: { job: job.name, variable: name ?? null },
          },
        ];
      }),
    ),
});

/** Written to a file or to another command, or only asked for its length. */
function isUsed(command: string): boolean {
  return /[^2&]>|^>|\$\{#|\$\{\w+:[+?]|:\+/.test(command.replace(/2>\S+/g, '')) || /'[^']*\$[^']*'/.test(command);
}
