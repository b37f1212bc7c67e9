import { defineRule } from '../define-rule.ts';
import { isResource, isWrapped } from './unloaded.ts';

/**
 * `Dashboard title cannot be empty`: the file is left out and the rest goes on
 * (https://github.com/grafana/grafana/blob/v10.2.0/pkg/services/provisioning/dashboards/types.go).
 */
export const missingTitle = defineRule({
  id: 'grafana/missing-title',
  severity: 'error',
  over: 'dashboard',
  claim: 'Every dashboard has a title.',
  check: (dashboard) => {
    const { file, value, title } = dashboard;
    if (value === undefined || (title ?? '').trim() !== '' || isWrapped(dashboard) || isResource(dashboard)) return [];
    return [
      {
        at: { file, pointer: title === undefined ? [] : ['title'] },
        message: `"${file}" has no title, so Grafana does not load the dashboard`,
        hint: 'Give it a "title"',
        facts: { file },
      },
    ];
  },
});
