import type { GrafanaConfig } from '../../model/grafana.ts';
import type { Service } from '../../model/stack.ts';
import { textAt } from '../../model/tree.ts';
import { cutUrl, hostPort, isLoopback, openWhy } from './address.ts';
import type { Context } from './context.ts';
import { iniLines, setIniLine } from './ini-lines.ts';
import { leadsOutside } from './outside.ts';
import { type ReAddressed, reAddress, reAddressUrl } from './re-address.ts';
import { shown } from './shown.ts';
import { smarthost } from './smtp.ts';

/** What a Grafana setting dials, by the name of its environment variable. */
const dialled: readonly (readonly [RegExp, 'smtp' | 'url' | 'address' | 'database'])[] = [
  [/^GF_SMTP_HOST$/, 'smtp'],
  [/^GF_AUTH_\w+_(TOKEN|API|TEAMS|JWK_SET)_URL$/, 'url'],
  [/^GF_RENDERING_(SERVER|CALLBACK)_URL$/, 'url'],
  [/^GF_GRAFANA_(COM|NET)_(API_)?URL$/, 'url'],
  [/^GF_EXTERNAL_IMAGE_STORAGE_WEBDAV_URL$/, 'url'],
  [/^GF_(METRICS_GRAPHITE|TRACING_\w+|LIVE_HA_ENGINE|LOG_SYSLOG)_ADDRESS$/, 'address'],
  [/^GF_DATABASE_(HOST|URL)$/, 'database'],
];
const off: Readonly<Record<string, string>> = {
  GF_ANALYTICS_REPORTING_ENABLED: 'false',
  GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
  GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
  GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: 'true',
};

/** The variable that overrides `section.key` (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#override-configuration-with-environment-variables). */
export function environmentName(section: string, key: string): string {
  return `GF_${section === '' ? '' : `${section}_`}${key}`.replace(/[.-]/g, '_').toUpperCase();
}

/** How a setting's value has to change for the lab; undefined where it stays. */
export function settingInLab(context: Context, name: string, value: string): ReAddressed | undefined {
  const kind = dialled.find(([pattern]) => pattern.test(name))?.[1];
  if (kind === 'smtp') return smarthost(context, value);
  if (kind === 'url') return reAddressUrl(context, value, { kind: 'other' });
  if (kind === 'address') return reAddress(context, value, { kind: 'other', port: 80 });
  if (name === 'GF_SERVER_HTTP_ADDR' && context.onHost === true && isLoopback(value))
    return { to: '0.0.0.0', why: openWhy };
  if (kind !== 'database') return undefined;
  const host = cutUrl(value)?.host ?? hostPort(value)?.host ?? '';
  if (!leadsOutside(context, host)) return undefined;
  return { to: '', why: 'the database lies outside the stack: the lab uses SQLite' };
}

/** Renders `grafana.ini`: dialled addresses outside the stack go to stand-ins. */
export function renderGrafanaIni(context: Context, config: GrafanaConfig): void {
  const file = config.iniFile;
  let source = file === undefined ? undefined : (context.overlay.get(file) ?? textAt(context.tree, file));
  if (file === undefined || source === undefined) return;
  for (const line of iniLines(source)) {
    const changed = settingInLab(context, environmentName(line.section, line.key), line.value);
    if (changed === undefined) continue;
    source = setIniLine(source, line, changed.to);
    const what = line.section === '' ? line.key : `${line.section}.${line.key}`;
    context.differences.push({ file, what, from: shown(line.value, line.key), to: changed.to, why: changed.why });
  }
  context.overlay.set(file, source);
}

/** Changes the environment of a Grafana service: no plugin download, no calling home, outside addresses replaced. */
export function grafanaEnvironment(
  context: Context,
  service: Service,
  environment: Readonly<Record<string, string>>,
): Record<string, string> {
  const result = { ...environment };
  const put = (name: string, to: string | undefined, why: string): void => {
    const from = result[name];
    if (from === to) return;
    const at = service.environment.get(name)?.at.file ?? service.at.file;
    context.differences.push({
      file: at,
      what: `services.${service.name}.environment.${name}`,
      from: shown(from, name),
      to: to ?? '',
      why,
    });
    if (to === undefined) delete result[name];
    else result[name] = to;
  };
  put(
    'GF_INSTALL_PLUGINS',
    undefined,
    'plugins are fetched from the internet at every start, and without it Grafana exits',
  );
  for (const [name, value] of Object.entries(off)) put(name, value, 'the lab calls nobody outside');
  for (const [name, value] of Object.entries(environment)) {
    const changed = settingInLab(context, name, value);
    if (changed !== undefined) put(name, changed.to === '' ? undefined : changed.to, changed.why);
  }
  const ini = context.stack.grafana.find((one) => one.service === service.name)?.settings;
  const setting = (key: string): string => ini?.get(key)?.value ?? '';
  if (smarthost(context, setting('smtp.host')) !== undefined) {
    put('GF_SMTP_SKIP_VERIFY', 'true', "the stand-in's certificate is made for the run");
  }
  const databases = [setting('database.host'), setting('database.url')];
  if (databases.some((value) => settingInLab(context, 'GF_DATABASE_HOST', value) !== undefined)) {
    put('GF_DATABASE_TYPE', 'sqlite3', 'the database lies outside the stack: the lab uses SQLite');
  }
  return result;
}

/** Whether the setting of this name holds an address that Grafana dials. */
export function settingInLabDials(name: string): boolean {
  return dialled.some(([pattern]) => pattern.test(name));
}
