import type { Dashboard, Datasource, GrafanaConfig, ManagedAlert } from '../../model/grafana.ts';
import type { Service } from '../../model/stack.ts';
import { repoPathOf } from '../../model/stack.ts';
import type { ContainerFile } from '../container.ts';
import { containerFiles } from '../container.ts';
import type { Documents } from '../documents.ts';
import { openMapping, openValue } from '../open-mapping.ts';
import { containerPath } from '../paths.ts';
import { optional } from '../values.ts';
import { alertsOf } from './alerting.ts';
import { dashboardOf } from './dashboard.ts';
import type { FoundProvider } from './provisioning.ts';
import { datasourcesOf, providersOf } from './provisioning.ts';
import { readSettings } from './settings.ts';

/** Folders Grafana looks into, and the files it takes there; never deeper than one level. */
const read: Readonly<Record<string, RegExp>> = {
  datasources: /\.ya?ml$/,
  dashboards: /\.ya?ml$/,
  plugins: /\.ya?ml$/,
  notifiers: /\.ya?ml$/,
  'access-control': /\.ya?ml$/,
  alerting: /\.(ya?ml|json)$/,
};

/**
 * Grafana of one service: settings, provisioning and the dashboards its providers read
 * (https://grafana.com/docs/grafana/latest/administration/provisioning/).
 */
export function readGrafana(documents: Documents, service: Service): GrafanaConfig {
  const bitnami = service.image?.value.includes('bitnami') === true;
  const { iniFile, settings, overridden } = readSettings(
    documents,
    service,
    bitnami ? '/opt/bitnami/grafana/conf/grafana.ini' : '/etc/grafana/grafana.ini',
  );
  // The image sets GF_PATHS_PROVISIONING itself, so `paths.provisioning` of the ini file never takes effect.
  const written = service.environment.get('GF_PATHS_PROVISIONING')?.value;
  const folder = containerPath(
    '/',
    written || (bitnami ? '/opt/bitnami/grafana/conf/provisioning' : '/etc/grafana/provisioning'),
  );
  const files = containerFiles(documents.tree, service, folder);
  const datasources: Datasource[] = [];
  const providers: FoundProvider[] = [];
  const alerts: ManagedAlert[] = [];
  const provisioned: { kind: string; file: string; value?: unknown }[] = [];
  for (const file of files) {
    const kind = kindOf(folder, file);
    if (kind === undefined) continue;
    const value = kind === 'dashboards' ? openValue(documents, file.repoPath) : openMapping(documents, file.repoPath);
    provisioned.push({ kind, file: file.repoPath, ...optional('value', value) });
    if (kind === 'datasources') datasources.push(...datasourcesOf(file.repoPath, value));
    if (kind === 'alerting') alerts.push(...alertsOf(file.repoPath, value));
    if (kind === 'dashboards') providers.push(...providersOf(service, file.repoPath, value));
  }
  const provisioning = repoPathOf(service, folder);
  return {
    service: service.name,
    ...optional('iniFile', iniFile),
    settings,
    overridden,
    ...optional('provisioning', provisioning),
    datasources,
    providers: providers.map((found) => found.provider),
    dashboards: providers.flatMap((found) => dashboardsOf(documents, service, found)),
    alerts,
    provisioned,
    unread: files.filter((file) => kindOf(folder, file) === undefined).map((file) => file.repoPath),
  };
}

function kindOf(folder: string, file: ContainerFile): string | undefined {
  const [kind, name, deeper] = file.path.slice(folder.length + 1).split('/');
  if (kind === undefined || name === undefined || deeper !== undefined || !Object.hasOwn(read, kind)) return undefined;
  return read[kind]?.test(name) === true ? kind : undefined;
}

function dashboardsOf(documents: Documents, service: Service, found: FoundProvider): Dashboard[] {
  const { provider, foldersFromFiles } = found;
  if (provider.path === '') return [];
  return containerFiles(documents.tree, service, provider.path)
    .filter((file) => file.path.endsWith('.json'))
    .map((file) => {
      const below = file.path
        .slice(provider.path.length + 1)
        .split('/')
        .slice(0, -1)
        .at(-1);
      const folder = foldersFromFiles ? (below ?? '') : provider.folder;
      return { ...dashboardOf(documents, file.repoPath, provider.name, folder), ...optional('org', provider.org) };
    });
}
