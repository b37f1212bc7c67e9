import type { FindingDraft } from '../../model/finding.ts';
import type { Datasource, GrafanaConfig } from '../../model/grafana.ts';
import type { LokiConfig } from '../../model/logs.ts';
import { type Stack, serviceByHost } from '../../model/stack.ts';
import { listAt, mappingAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { asksForTenant, choosesTenants, clientsOf, tenantSwitch } from '../promtail/clients.ts';
import { addressOf } from './outside-hosts.ts';

/**
 * A Loki with `auth_enabled` answers `no org id` to a caller without a tenant, and shows each tenant its own lines alone
 * (https://grafana.com/docs/loki/v2.9.x/operations/multi-tenancy/).
 */
export const tenantlessDatasource = defineRule({
  id: 'grafana/tenantless-datasource',
  severity: 'error',
  over: 'datasource',
  claim: 'Every datasource of a Loki that asks for a tenant names one that lines are sent to.',
  check: (source, { grafana, stack }): FindingDraft[] => {
    const loki = lokiBehind(source, stack);
    if (loki === undefined || asksForTenant(loki, stack) !== true) return [];
    const asked = tenantsOf(source, grafana);
    const at = tenantSwitch(loki, stack);
    const common = { at: source.at, facts: { datasource: source.name, loki: loki.service } };
    if (asked === 'none') {
      return [
        {
          ...common,
          message: `Datasource "${source.name}" names no tenant, and Loki "${loki.service}" asks every caller for one, so it refuses every query`,
          ...(at === undefined ? {} : { related: [{ at, note: 'where Loki is told whether to ask' }] }),
          hint: 'Set httpHeaderName1: X-Scope-OrgID in jsonData and the tenant as httpHeaderValue1 in secureJsonData',
        },
      ];
    }
    const sent = tenantsSentTo(loki, stack);
    if (asked === 'unknown' || sent === undefined || sent.length === 0) return [];
    if (asked.some((tenant) => sent.includes(tenant))) return [];
    return [
      {
        ...common,
        severity: 'warning',
        message: `Datasource "${source.name}" asks for tenant "${asked.join('|')}", and what Promtail sends to Loki "${loki.service}" is of tenant "${sent.join('", "')}", so none of it is shown`,
        hint: 'Name the tenant that the lines are sent to',
      },
    ];
  },
});

function lokiBehind({ type, url }: Datasource, stack: Stack): LokiConfig | undefined {
  const host = type === 'loki' && url !== undefined ? addressOf(url.value)?.host : undefined;
  const service = host === undefined ? undefined : serviceByHost(stack, host);
  return stack.loki.find((one) => one.service === service?.name);
}

/** The tenants that Grafana names in a header of the datasource; a file without `apiVersion` has older words for it. */
function tenantsOf({ at }: Datasource, { provisioned = [] }: GrafanaConfig): readonly string[] | 'none' | 'unknown' {
  const written = provisioned.find(({ file }) => file === at.file)?.value;
  const source = listAt(written, 'datasources')[Number(at.pointer?.[1])];
  const names = Object.entries({ ...mappingAt(source, 'jsonData'), ...mappingAt(source, 'json_data') });
  const values = { ...mappingAt(source, 'secureJsonData'), ...mappingAt(source, 'secure_json_data') };
  const header = names.find(
    ([key, name]) => key.startsWith('httpHeaderName') && String(name).toLowerCase() === 'x-scope-orgid',
  );
  if (header === undefined) return names.some(([, name]) => String(name).includes('$')) ? 'unknown' : 'none';
  const tenant = textValue(values, header[0].replace('Name', 'Value')) ?? '';
  return tenant === '' || tenant.includes('$') ? 'unknown' : tenant.split('|');
}

/** The tenants that the stack's own Promtails send to; undefined where one of them is not written out. */
function tenantsSentTo(loki: LokiConfig, stack: Stack): string[] | undefined {
  const tenants = stack.promtail.flatMap((promtail) => {
    const staged = choosesTenants(promtail);
    const mine = clientsOf(promtail, stack).filter((client) => client.loki === loki);
    return mine.map(({ value }) => (staged ? '$' : (textValue(value, 'tenant_id') ?? '$')));
  });
  return tenants.some((tenant) => tenant.includes('$')) ? undefined : [...new Set(tenants)];
}
