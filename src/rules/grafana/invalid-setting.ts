import { grafanaSettings, type SettingKind } from '../../catalog/grafana-settings.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';

const truths = new Set('1 t true yes y on 0 f false no n off'.split(' '));

/** Settings with a few words to choose from; what is none of them is replaced by a default, or ends Grafana. */
const choices: Readonly<Record<string, readonly string[]>> = {
  'server.protocol': ['http', 'https', 'h2', 'socket'],
  'database.type': ['sqlite3', 'mysql', 'postgres'],
  'remote_cache.type': ['database', 'redis', 'memcached'],
  'security.cookie_samesite': ['lax', 'strict', 'none', 'disabled'],
  'users.default_theme': ['dark', 'light', 'system'],
  'users.auto_assign_org_role': ['Viewer', 'Editor', 'Admin', 'None'],
  'auth.anonymous.org_role': ['Viewer', 'Editor', 'Admin', 'None'],
  'log.level': ['debug', 'info', 'warn', 'error', 'critical', 'trace'],
  'smtp.starttls_policy': ['OpportunisticStartTLS', 'MandatoryStartTLS', 'NoStartTLS', ''],
};

/**
 * A value that Grafana cannot read as a truth, a number or one of its words is replaced by the default without a word
 * (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/).
 */
export const invalidSetting = defineRule({
  id: 'grafana/invalid-setting',
  severity: 'warning',
  over: 'grafana',
  claim: 'Every setting of Grafana has a value of its kind.',
  check: ({ settings, service }) =>
    [...settings].flatMap(([setting, { value, at }]): FindingDraft[] => {
      if (value === '' || /[$%]/.test(value)) return [];
      const name = setting.toLowerCase();
      const wanted = wantedOf(name, value, grafanaSettings().keys.get(name));
      if (wanted === undefined) return [];
      return [
        {
          at,
          message: `"${setting}" of the Grafana of service "${service}" is "${value}", which is not ${wanted}, so it takes no effect or Grafana does not start`,
          hint: `Write ${wanted}`,
          facts: { setting, service },
        },
      ];
    }),
});

function wantedOf(setting: string, value: string, kind: SettingKind | undefined): string | undefined {
  const words = choices[setting];
  if (words !== undefined && !words.includes(value)) {
    const wrong = words.every((word) => word.toLowerCase() !== value.toLowerCase()) || /role|policy/.test(setting);
    return wrong ? `one of ${words.filter((word) => word !== '').join(', ')}` : undefined;
  }
  if (kind === 'truth' && !truths.has(value.toLowerCase())) return '"true" or "false"';
  return kind === 'number' && !/^[-+]?\d+$/.test(value) ? 'a whole number' : undefined;
}
