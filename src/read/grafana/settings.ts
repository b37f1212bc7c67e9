import type { Located } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';
import { containerFile } from '../container.ts';
import type { Documents } from '../documents.ts';
import { flagValue } from '../flags.ts';
import { openMapping } from '../open-mapping.ts';
import { containerPath } from '../paths.ts';
import { mappingAt, optional, textsAt } from '../values.ts';
import { settingOf } from './sections.ts';

/** Grafana's ini file in the repository and its settings after the environment. */
export interface GrafanaSettings {
  readonly iniFile?: string;
  readonly settings: ReadonlyMap<string, Located<string>>;
  readonly overridden: readonly {
    readonly setting: string;
    readonly file: Located<string>;
    readonly by: Located<string>;
  }[];
}

/**
 * Reads grafana.ini (GF_PATHS_CONFIG or `--config`) and lays the GF_ variables over it. A variable that ends in `__FILE`
 * is kept as `$__file{PATH}`, which means the same to Grafana.
 */
export function readSettings(documents: Documents, service: Service, defaultIni: string): GrafanaSettings {
  const path = flagValue(service, 'config')?.value || service.environment.get('GF_PATHS_CONFIG')?.value || defaultIni;
  const file = containerFile(documents.tree, service, containerPath('/usr/share/grafana', path));
  const value =
    file === undefined ? undefined : openMapping(documents, file, { unparsable: 'grafana/unparsable-ini' }, 'ini');
  const settings = new Map<string, Located<string>>();
  const known = Object.keys(value ?? {});
  for (const section of known) {
    for (const [key, text] of Object.entries(textsAt(mappingAt(value, section)))) {
      settings.set(`${section}.${key}`, { value: text, at: { file: file ?? '', pointer: [section, key] } });
    }
  }
  const overridden: { setting: string; file: Located<string>; by: Located<string> }[] = [];
  for (const [name, variable] of service.environment) {
    const setting = settingOf(name, known);
    if (setting === undefined || variable.value === null) continue;
    const text = name.endsWith('__FILE') ? `$__file{${variable.value}}` : variable.value;
    const by = { value: text, at: variable.at };
    const before = settings.get(setting);
    if (before !== undefined && before.at.file === file) overridden.push({ setting, file: before, by });
    settings.set(setting, by);
  }
  return { ...optional('iniFile', file), settings, overridden };
}
