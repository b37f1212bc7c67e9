import { defineRule } from '../define-rule.ts';

/**
 * `uid too long, max 40 characters`: the file is left out
 * (https://github.com/grafana/grafana/blob/v10.2.0/pkg/services/dashboards/service/dashboard_service.go).
 */
export const longUid = defineRule({
  id: 'grafana/long-uid',
  severity: 'error',
  over: 'dashboard',
  claim: 'Every uid of a dashboard has at most 40 characters.',
  check: ({ file, uid }) => {
    const length = uid?.trim().length ?? 0;
    if (uid === undefined || length <= 40) return [];
    return [
      {
        at: { file, pointer: ['uid'] },
        message: `"${uid.slice(0, 40)}…" has ${length} characters, and a uid at most 40, so Grafana does not load the dashboard`,
        hint: 'Write a shorter one, and in every link to it',
        facts: { file, length },
      },
    ];
  },
});
