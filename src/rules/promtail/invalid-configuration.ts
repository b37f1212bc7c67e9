import { isMapping, listAt } from '../../read/values.ts';
import { promtailConfig } from '../../schema/logs/config.ts';
import { problemsOf } from '../../schema/problems.ts';
import { defineRule } from '../define-rule.ts';
import { schemaFindings } from '../support/schema-findings.ts';
import { withoutVariables } from '../support/unexpanded.ts';
import { isAtMost } from '../support/versions.ts';
import { jobsOf, serviceOf } from './jobs.ts';

/**
 * Promtail reads its configuration strictly: an unknown key or a value of another kind ends it as it starts
 * (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/configuration/).
 */
export const invalidConfiguration = defineRule({
  id: 'promtail/invalid-configuration',
  severity: 'error',
  over: 'promtail',
  claim: 'The configuration of Promtail has only keys and values that its version reads.',
  check: (promtail, { stack }) => {
    const { file, value } = promtail;
    const service = serviceOf(stack, promtail);
    if (file === undefined || service === undefined) return [];
    const follows = 'Promtail refuses the file and does not start';
    const problems = problemsOf(promtailConfig, value);
    const reading = { follows, known: isAtMost(service, 2, 9) };
    const found = schemaFindings(file, withoutVariables(problems, value), reading);
    const nameless = jobsOf(value).filter(({ name }) => name === '');
    const aimless = listAt(value, 'clients').flatMap((client, index) =>
      isMapping(client) && (client['url'] ?? '') === '' ? [{ pointer: ['clients', index] }] : [],
    );
    return [
      ...found,
      ...aimless.map(({ pointer }) => ({
        at: { file, pointer },
        message: `A client of Promtail "${service.name}" has no "url", so ${follows}`,
        hint: 'Write where it pushes to',
        facts: { service: service.name },
      })),
      ...nameless.map(({ pointer }) => ({
        at: { file, pointer },
        message: `A scrape job of Promtail "${service.name}" has no "job_name", so ${follows}`,
        hint: 'Give it a name',
        facts: { service: service.name },
      })),
    ];
  },
});
