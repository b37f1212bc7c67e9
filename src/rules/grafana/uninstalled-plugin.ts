import { coreDatasources, corePanels, successors } from '../../catalog/grafana-plugins.ts';
import type { FindingDraft } from '../../model/finding.ts';
import type { GrafanaConfig, Panel } from '../../model/grafana.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { gather } from '../support/gather.ts';
import { entriesOf, isGrafana10, placeIn, serviceOf } from './around.ts';
import { installedPlugins } from './installed-plugins.ts';

/** `Panel plugin not found`: what Grafana does not bring itself must be installed (https://grafana.com/docs/grafana/v10.2/administration/plugin-management/). */
export const uninstalledPlugin = defineRule({
  id: 'grafana/uninstalled-plugin',
  severity: 'warning',
  over: 'grafana',
  claim: 'Every panel and datasource is one that Grafana brings or installs.',
  check: (grafana, { stack, repository: { tree } }) => {
    const installed = installedPlugins(grafana, { tree, stack });
    if (installed === undefined) return [];
    const pinned = isGrafana10(serviceOf(stack, grafana));
    // Other versions bring other things; only the names of plugins end like this.
    const missing = (type: string, core: ReadonlySet<string>): boolean =>
      type !== '' &&
      !/[${]/.test(type) &&
      !core.has(type) &&
      !installed.has(type) &&
      (pinned || /-(?:panel|datasource)$/.test(type));
    return [
      ...panels(grafana, (type) => missing(type, corePanels)),
      ...sources(grafana, (type) => missing(type, coreDatasources)),
      ...apps(grafana, (type) => installed.has(type) || (!pinned && type.startsWith('grafana-'))),
    ];
  },
});

function panels(grafana: GrafanaConfig, missing: (type: string) => boolean): FindingDraft[] {
  return grafana.dashboards.flatMap((dashboard): FindingDraft[] => {
    const found = new Map<string, Panel[]>();
    for (const panel of dashboard.panels) {
      if (missing(panel.type)) gather(found, panel.type, panel);
    }
    return [...found].flatMap(([type, [first, ...others]]): FindingDraft[] => {
      if (first === undefined) return [];
      const rest = others.length === 0 ? '' : ` and ${others.length} more`;
      const now = successors[type];
      return [
        {
          at: { ...first.at, pointer: [...(first.at.pointer ?? []), 'type'] },
          message: `Panel "${first.title}"${rest} of dashboard "${dashboard.title ?? dashboard.file}" needs the plugin "${type}", which no file installs, so it shows "Panel plugin not found"`,
          hint:
            now === undefined
              ? 'Install the plugin, or take a panel that Grafana brings'
              : `Take "${now}" in its place`,
          facts: { plugin: type, panels: others.length + 1 },
        },
      ];
    });
  });
}

function sources(grafana: GrafanaConfig, missing: (type: string) => boolean): FindingDraft[] {
  return grafana.datasources.flatMap(({ name, type, at }): FindingDraft[] => {
    if (!missing(type)) return [];
    return [
      {
        at: { ...at, pointer: [...(at.pointer ?? []), 'type'] },
        message: `Datasource "${name}" needs the plugin "${type}", which no file installs, so what asks it shows an error`,
        hint: 'Install the plugin',
        facts: { plugin: type, datasource: name },
      },
    ];
  });
}

/** Here Grafana asks at once, and ends. Later versions bring apps of their own makers. */
function apps(grafana: GrafanaConfig, there: (type: string) => boolean): FindingDraft[] {
  return entriesOf(grafana, 'plugins', 'apps').flatMap((entry): FindingDraft[] => {
    const type = textValue(entry.value, 'type') ?? '';
    if (type === '' || there(type)) return [];
    return [
      {
        at: placeIn(entry, 'type'),
        message: `The app "${type}" is provisioned and no file installs it, so Grafana says that the plugin is not installed and ends`,
        hint: 'Install the plugin',
        facts: { plugin: type },
      },
    ];
  });
}
