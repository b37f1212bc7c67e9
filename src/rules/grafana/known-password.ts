import type { FindingDraft } from '../../model/finding.ts';
import type { GrafanaConfig } from '../../model/grafana.ts';
import type { Stack } from '../../model/stack.ts';
import type { Tree } from '../../model/tree.ts';
import { defineRule } from '../define-rule.ts';
import { hasWholeEnvironment, isOpaque, serviceOf } from './around.ts';
import { isOn } from './outside-hosts.ts';

const known = new Set(['admin', 'grafana', 'password', 'secret', 'changeme', 'change-me', 'prometheus', '123456']);

/** Grafana's administrator is `admin`, and so is the password until somebody sets another (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#admin_password). */
export const knownPassword = defineRule({
  id: 'grafana/known-password',
  severity: 'warning',
  over: 'grafana',
  claim: 'The administrator of a Grafana has a password that not everybody knows.',
  check: (grafana, { stack, repository: { tree } }) => {
    const { service, settings } = grafana;
    const password = settings.get('security.admin_password');
    if (password === undefined) return withoutAny(grafana, stack, tree);
    if (!known.has(password.value.toLowerCase())) return [];
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

/** Nobody has set one. */
function withoutAny(grafana: GrafanaConfig, stack: Stack, tree: Tree): FindingDraft[] {
  const service = serviceOf(stack, grafana);
  if (service === undefined || isOpaque(service) || !hasWholeEnvironment(tree, stack, service)) return [];
  if (!/(?:^|\/)grafana\/grafana(?:-oss|-enterprise)?(?:[:@]|$)/.test(service.image?.value ?? '')) return [];
  if (isOn(grafana.settings, 'security.disable_initial_admin_creation')) return [];
  return [
    {
      at: service.at,
      message: `No file gives the Grafana of service "${service.name}" a password for "admin", so until somebody changes it by hand it is "admin", as everybody knows`,
      hint: 'Require one: GF_SECURITY_ADMIN_PASSWORD: ${GRAFANA_ADMIN_PASSWORD:?}',
      facts: { service: service.name },
    },
  ];
}
