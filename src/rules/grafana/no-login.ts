import { defineRule } from '../define-rule.ts';
import { isOn, oauthProviders } from './outside-hosts.ts';

/** Without the form there must be another way in (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#disable_login_form). */
export const noLogin = defineRule({
  id: 'grafana/no-login',
  severity: 'warning',
  over: 'grafana',
  claim: 'Every Grafana without its login form has another way to log in.',
  check: ({ settings, service }) => {
    const form = settings.get('auth.disable_login_form');
    if (form === undefined || !isOn(settings, 'auth.disable_login_form')) return [];
    const others = ['auth.anonymous', 'auth.proxy', 'auth.jwt', 'auth.saml'];
    const way = others.some((section) => isOn(settings, `${section}.enabled`)) || oauthProviders(settings).length > 0;
    const open = [...settings].some(
      ([setting, { value }]) => /^auth\..*\.enabled$/.test(setting) && value.includes('$'),
    );
    if (way || open) return [];
    return [
      {
        at: form.at,
        message: `The Grafana of service "${service}" shows no form to log in, and "auth" of its settings switches on no other way, so nobody can log in`,
        hint: 'Switch on an OAuth provider, or leave the form',
        facts: { service },
      },
    ];
  },
});
