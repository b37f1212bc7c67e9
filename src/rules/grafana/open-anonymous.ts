import { defineRule } from '../define-rule.ts';
import { isOn } from './outside-hosts.ts';

/** Whoever reaches the page has the role, without a login (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-security/configure-authentication/grafana/#anonymous-authentication). */
export const openAnonymous = defineRule({
  id: 'grafana/open-anonymous',
  severity: 'warning',
  over: 'grafana',
  claim: 'Nobody may change a Grafana without a login.',
  check: ({ settings, service }) => {
    const role = settings.get('auth.anonymous.org_role');
    if (role === undefined || !isOn(settings, 'auth.anonymous.enabled')) return [];
    if (role.value !== 'Admin' && role.value !== 'Editor') return [];
    const what = role.value === 'Admin' ? 'every datasource, user and dashboard' : 'every dashboard and alert';
    return [
      {
        at: role.at,
        message: `The Grafana of service "${service}" makes everybody without a login "${role.value}", so whoever reaches it changes ${what}`,
        hint: 'Write "Viewer"',
        facts: { service, role: role.value },
      },
    ];
  },
});
