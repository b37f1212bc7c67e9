import { defineRule } from '../define-rule.ts';

const known = new Set(['admin', 'grafana', 'password', 'secret', 'changeme', 'change-me', 'prometheus', '123456']);

/** Grafana's administrator is `admin`, and so is the password until somebody sets another (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#admin_password). */
export const knownPassword = defineRule({
  id: 'grafana/known-password',
  severity: 'warning',
  over: 'grafana',
  claim: 'The administrator of a Grafana has a password that not everybody knows.',
  check: ({ service, settings }) => {
    const password = settings.get('security.admin_password');
    if (password === undefined || !known.has(password.value.toLowerCase())) return [];
    return [
      {
        at: password.at,
        message: `The Grafana of service "${service}" has a password for "admin" that everybody knows, so anybody who reaches it is its administrator`,
        hint: 'Require one: ${GRAFANA_ADMIN_PASSWORD:?}',
        facts: { service },
      },
    ];
  },
});
