import type { FindingDraft } from '../../model/finding.ts';
import type { GrafanaConfig } from '../../model/grafana.ts';
import type { Service } from '../../model/stack.ts';
import { defineRule } from '../define-rule.ts';
import { serviceOf } from './around.ts';

/** What the image itself sets (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-docker/#default-paths). */
const ofImage: Readonly<Record<string, string>> = {
  'paths.data': '/var/lib/grafana',
  'paths.logs': '/var/log/grafana',
  'paths.plugins': '/var/lib/grafana/plugins',
  'paths.provisioning': '/etc/grafana/provisioning',
};

/**
 * The environment wins over the file
 * (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#override-configuration-with-environment-variables).
 */
export const overriddenSetting = defineRule({
  id: 'grafana/overridden-setting',
  severity: 'warning',
  over: 'grafana',
  claim: 'No setting of a Grafana file is overridden by another value of the environment.',
  check: (grafana, { stack }) => [...byVariable(grafana), ...byImage(grafana, serviceOf(stack, grafana))],
});

function byVariable(grafana: GrafanaConfig): FindingDraft[] {
  return (grafana.overridden ?? []).flatMap(({ setting, file, by }): FindingDraft[] => {
    if (file.value === '' || /[$%]/.test(`${file.value}${by.value}`) || same(file.value, by.value)) return [];
    return [
      {
        at: file.at,
        message: `"${setting}" has another value in the environment of "${grafana.service}", so what the file says takes no effect`,
        related: [{ at: by.at, note: 'the variable that wins' }],
        hint: 'Leave it to one of the two',
        facts: { setting, service: grafana.service },
      },
    ];
  });
}

function byImage(grafana: GrafanaConfig, service: Service | undefined): FindingDraft[] {
  if (!/(?:^|\/)grafana\/grafana(?:-oss|-enterprise)?(?:[:@]|$)/.test(service?.image?.value ?? '')) return [];
  return Object.entries(ofImage).flatMap(([setting, value]): FindingDraft[] => {
    const written = grafana.settings.get(setting);
    if (written === undefined || written.at.file !== grafana.iniFile || /[$%]/.test(written.value)) return [];
    if (written.value === '' || same(written.value, value)) return [];
    const variable = `GF_${setting.toUpperCase().replace('.', '_')}`;
    return [
      {
        at: written.at,
        message: `"${setting}" is "${written.value}" in the file, and the image sets "${variable}" to "${value}", so what the file says takes no effect`,
        hint: `Set "${variable}" in the compose file instead`,
        facts: { setting, service: grafana.service },
      },
    ];
  });
}

function same(one: string, other: string): boolean {
  return one.trim().replace(/\/+$/, '') === other.trim().replace(/\/+$/, '');
}
