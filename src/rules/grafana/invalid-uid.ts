import { defineRule } from '../define-rule.ts';

/** `uid contains illegal characters`: the file is left out (https://github.com/grafana/grafana/blob/v10.2.0/pkg/services/dashboards/service/dashboard_service.go). */
export const invalidUid = defineRule({
  id: 'grafana/invalid-uid',
  severity: 'error',
  over: 'dashboard',
  claim: 'Every uid of a dashboard has letters, digits, dashes and underscores only.',
  check: ({ file, uid }) => {
    const wrong = uid === undefined ? undefined : /[^A-Za-z0-9_-]/.exec(uid.trim())?.[0];
    if (uid === undefined || wrong === undefined) return [];
    return [
      {
        at: { file, pointer: ['uid'] },
        message: `"${uid}" has the character "${wrong}", which a uid may not have, so Grafana does not load the dashboard`,
        hint: 'Write letters, digits, dashes and underscores only',
        facts: { file, uid },
      },
    ];
  },
});
