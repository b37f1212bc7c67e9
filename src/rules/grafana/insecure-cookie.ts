import { defineRule } from '../define-rule.ts';
import { isOn } from './outside-hosts.ts';

/** A browser keeps a cookie marked as secure to itself where the page came by plain HTTP (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#cookie_secure). */
export const insecureCookie = defineRule({
  id: 'grafana/insecure-cookie',
  severity: 'warning',
  over: 'grafana',
  claim: 'The cookie of a login fits the way Grafana is served.',
  check: ({ settings, service }) => {
    const root = settings.get('server.root_url');
    const secure = settings.get('security.cookie_secure');
    const none = settings.get('security.cookie_samesite');
    const on = isOn(settings, 'security.cookie_secure');
    if (none?.value.toLowerCase() === 'none' && secure !== undefined && !on && !/[$%]/.test(secure.value)) {
      const message = `The Grafana of service "${service}" sends cookies with "SameSite=None" that are not secure, so browsers refuse them and nobody stays logged in`;
      return [
        { at: none.at, message, hint: 'Write "cookie_secure = true" and serve Grafana by HTTPS', facts: { service } },
      ];
    }
    const plain = /^http:\/\/(?!localhost\b|127\.|\[::1\])[^$%]+$/i.test(root?.value ?? '');
    if (secure === undefined || root === undefined || !on || !plain) return [];
    return [
      {
        at: secure.at,
        message: `The Grafana of service "${service}" is served by plain HTTP at "${root.value}" and marks its cookie as secure, so browsers never send it back and every login starts over`,
        related: [{ at: root.at, note: 'where it is served' }],
        hint: 'Serve it by HTTPS and write so in "root_url", or take the mark away',
        facts: { service },
      },
    ];
  },
});
