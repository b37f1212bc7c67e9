import { defineRule } from '../define-rule.ts';
import { isWrapped } from './unloaded.ts';

/**
 * The API answers with `{"dashboard": …, "meta": …}`; a provisioned file is the inner part alone
 * (https://grafana.com/docs/grafana/v10.2/developers/http_api/dashboard/#get-dashboard-by-uid).
 */
export const apiWrapper = defineRule({
  id: 'grafana/api-wrapper',
  severity: 'error',
  over: 'dashboard',
  claim: 'Every dashboard file is the dashboard itself and not the answer of the API.',
  check: (dashboard) =>
    isWrapped(dashboard)
      ? [
          {
            at: { file: dashboard.file, pointer: ['dashboard'], part: 'key' as const },
            message: `"${dashboard.file}" holds its dashboard inside of "dashboard", so Grafana finds no title and does not load it`,
            hint: 'Keep what is inside of "dashboard" and nothing else',
            facts: { file: dashboard.file },
          },
        ]
      : [],
});
