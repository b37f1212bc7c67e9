import { grafanaSettings, type SettingsCatalogue } from '../../catalog/grafana-settings.ts';
import type { FindingDraft } from '../../model/finding.ts';
import type { GrafanaConfig } from '../../model/grafana.ts';
import type { Service } from '../../model/stack.ts';
import { nearest } from '../../schema/nearest.ts';
import { defineRule } from '../define-rule.ts';
import { isGrafana10, serviceOf } from './around.ts';

/** Read by the image's start script, by plugins or by the programs beside Grafana. */
const others =
  /^GF_(?:INSTALL_(?:PLUGINS|IMAGE_RENDERER_PLUGIN)|PLUGIN_\w+|PATHS_(?:HOME|CONFIG)|UID|GID|VERSION|AWS_\w+|DEFAULT_\w+|RENDERER_\w+)$/;

/**
 * Grafana takes a variable for a setting only where a key of that name is in its defaults or its file, and passes over
 * everything else (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#override-configuration-with-environment-variables).
 */
export const unknownSetting = defineRule({
  id: 'grafana/unknown-setting',
  severity: 'warning',
  over: 'grafana',
  claim: 'Grafana knows every setting that its file and its environment give it.',
  check: (grafana, { stack }) => {
    const service = serviceOf(stack, grafana);
    if (service === undefined || !isGrafana10(service)) return [];
    return [...inFile(grafana, grafanaSettings()), ...inEnvironment(service, grafana, grafanaSettings())];
  },
});

function inFile(grafana: GrafanaConfig, { keys, sections, open }: SettingsCatalogue): FindingDraft[] {
  const told = new Set<string>();
  return [...grafana.settings].flatMap(([setting, { at }]): FindingDraft[] => {
    const [section, key] = at.pointer ?? [];
    if (at.file !== grafana.iniFile || typeof section !== 'string' || typeof key !== 'string') return [];
    if (open.has(section) || section.startsWith('plugin.') || keys.has(`${section}.${key.toLowerCase()}`)) return [];
    const facts = { setting };
    const here = section === '' ? 'above the first section' : `of "[${section}]"`;
    if (!sections.has(section)) {
      if (told.has(section)) return [];
      told.add(section);
      const meant = nearest(section, sections);
      const hint = meant === undefined ? 'Remove the section' : `Write "[${meant}]"`;
      const message = `"[${section}]" is no section of Grafana, so nothing in it takes effect`;
      return [{ at: { ...at, pointer: [section] }, message, hint, facts }];
    }
    const own = [...keys.keys()]
      .filter((one) => one.startsWith(`${section}.`))
      .map((one) => afterSection(one, section));
    const elsewhere = [...sections].filter((one) => one !== '' && keys.has(`${one}.${key.toLowerCase()}`));
    const meant = nearest(key.toLowerCase(), own);
    const only = elsewhere.length === 1 ? `Move it to "[${elsewhere[0]}]"` : 'Remove it';
    return [
      {
        at: { ...at, part: 'key' },
        message: `"${key}" ${here} is no setting of Grafana, so it takes no effect`,
        hint: meant === undefined ? only : `Write "${meant}"`,
        facts,
      },
    ];
  });
}

function inEnvironment(service: Service, grafana: GrafanaConfig, { keys, open }: SettingsCatalogue): FindingDraft[] {
  const names = [...service.environment].filter(([name]) => name.startsWith('GF_'));
  if (names.length === 0) return [];
  const ini = [...grafana.settings].filter(([, { at }]) => at.file === grafana.iniFile).map(([setting]) => setting);
  const known = new Set([...keys.keys(), ...ini].map(variableOf));
  const prefixes = [...open].map((section) => variableOf(`${section}.`));
  return names.flatMap(([name, { at }]): FindingDraft[] => {
    const bare = name.replace(/__FILE$/, '');
    if (known.has(bare) || others.test(bare) || prefixes.some((prefix) => bare.startsWith(prefix))) return [];
    const meant = nearest(bare, known);
    return [
      {
        at,
        message: `"${name}" of service "${service.name}" names no setting of Grafana, so it takes no effect`,
        hint: meant === undefined ? 'Remove it, or write GF_, the section and the key' : `Write "${meant}"`,
        facts: { service: service.name, variable: name },
      },
    ];
  });
}

function afterSection(setting: string, section: string): string {
  return setting.slice(section.length + 1);
}

function variableOf(setting: string): string {
  return `GF_${setting.replace(/^\./, 'DEFAULT_').toUpperCase().replace(/[.-]/g, '_')}`;
}
