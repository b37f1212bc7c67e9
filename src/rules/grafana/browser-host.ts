import type { FindingDraft } from '../../model/finding.ts';
import { serviceByHost } from '../../model/stack.ts';
import { defineRule } from '../define-rule.ts';
import { addressOf, oauthProviders } from './outside-hosts.ts';

/**
 * The browser of whoever logs in is sent to `auth_url`, and it knows no service names
 * (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-security/configure-authentication/generic-oauth/).
 */
export const browserHost = defineRule({
  id: 'grafana/browser-host',
  severity: 'warning',
  over: 'grafana',
  claim: 'No address that a browser is sent to is the name of a service.',
  check: ({ settings, datasources }, { stack }) => {
    const named = (host: string | undefined): boolean =>
      host !== undefined && !host.includes('.') && serviceByHost(stack, host) !== undefined;
    const logins = oauthProviders(settings).flatMap((section) => settings.get(`${section}.auth_url`) ?? []);
    const own = settings.get('server.root_url');
    const settled = [...logins, ...(own === undefined ? [] : [own])].flatMap((written): FindingDraft[] => {
      const host = addressOf(written.value)?.host;
      if (!named(host)) return [];
      return [
        {
          at: written.at,
          message: `"${host}" is a name that only the containers know, so a browser that is sent there finds nothing`,
          hint: 'Write the address that the browser uses',
          facts: { host: host ?? null },
        },
      ];
    });
    const direct = datasources.filter((source) => source.access === 'direct' || source.access === 'browser');
    return [
      ...settled,
      ...direct.flatMap((source): FindingDraft[] => {
        const host = source.url === undefined ? undefined : addressOf(source.url.value)?.host;
        if (source.url === undefined || !named(host)) return [];
        return [
          {
            at: source.url.at,
            message: `Datasource "${source.name}" is asked by the browser (access "${source.access}"), and "${host}" is a name that only the containers know, so it has no data`,
            hint: 'Write "access: proxy"',
            facts: { host: host ?? null, datasource: source.name },
          },
        ];
      }),
    ];
  },
});
