import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { hasWholeEnvironment, isOpaque, serviceOf } from './around.ts';
import { isOn, oauthProviders } from './outside-hosts.ts';

/** What has a default for every provider but this one (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-security/configure-authentication/generic-oauth/). */
const own = ['auth_url', 'token_url'];

/** A provider that is switched on and lacks a part shows its button and refuses every login. */
export const incompleteLogin = defineRule({
  id: 'grafana/incomplete-login',
  severity: 'warning',
  over: 'grafana',
  claim: 'Every OAuth provider that is switched on has what a login needs.',
  check: (grafana, { stack, repository: { tree } }) => {
    const service = serviceOf(stack, grafana);
    if (service === undefined || isOpaque(service) || !hasWholeEnvironment(tree, stack, service)) return [];
    const { settings } = grafana;
    return oauthProviders(settings).flatMap((section): FindingDraft[] => {
      const enabled = settings.get(`${section}.enabled`);
      const needed = ['client_id', ...(section === 'auth.generic_oauth' ? own : [])];
      // A public client has no secret, and then proves itself in another way.
      if (!isOn(settings, `${section}.use_pkce`)) needed.push('client_secret');
      const missing = needed.filter((key) => !settings.has(`${section}.${key}`));
      if (enabled === undefined || missing.length === 0) return [];
      const names = missing.map((key) => `"${key}"`).join(', ');
      return [
        {
          at: enabled.at,
          message: `"${section}" of the Grafana of service "${service.name}" is switched on without ${names}, so every login that way fails`,
          hint: 'Write what is missing, or switch it off',
          facts: { section, missing },
        },
      ];
    });
  },
});
