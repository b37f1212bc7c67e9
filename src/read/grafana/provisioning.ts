import type { DashboardProvider, Datasource } from '../../model/grafana.ts';
import type { Pointer } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';
import { repoPathOf } from '../../model/stack.ts';
import { containerPath } from '../paths.ts';
import { flagAt, isMapping, listAt, optional, textValue, valueAt } from '../values.ts';

/** The uid Grafana gives a datasource that has none: `P` and 16 hexadecimal digits of the name's SHA-256. */
export function datasourceUid(name: string): string {
  return `P${process.getBuiltinModule('node:crypto').createHash('sha256').update(name).digest('hex').slice(0, 16).toUpperCase()}`;
}

/** The datasources of a provisioning file. */
export function datasourcesOf(file: string, value: unknown): Datasource[] {
  return listAt(value, 'datasources').flatMap((source, index) => {
    if (!isMapping(source)) return [];
    const pointer: Pointer = ['datasources', index];
    const name = textValue(source, 'name') ?? '';
    const url = textValue(source, 'url');
    return {
      name,
      type: textValue(source, 'type') ?? '',
      uid: textValue(source, 'uid') || datasourceUid(name),
      ...optional('url', url === undefined ? undefined : { value: url, at: { file, pointer: [...pointer, 'url'] } }),
      access: textValue(source, 'access') || 'proxy',
      isDefault: flagAt(source, 'isDefault') ?? flagAt(source, 'is_default') ?? false,
      at: { file, pointer },
    };
  });
}

/** A provider together with what the reader of its dashboards needs. */
export interface FoundProvider {
  readonly provider: DashboardProvider;
  readonly foldersFromFiles: boolean;
}

/** The dashboard providers of a provisioning file; the form before `apiVersion` is a list at the root. */
export function providersOf(service: Service, file: string, value: unknown): FoundProvider[] {
  const old = Array.isArray(value);
  const providers = old ? listAt(value) : listAt(value, 'providers');
  return providers.flatMap((entry, index) => {
    if (!isMapping(entry)) return [];
    const written = textValue(entry, 'options', 'path') ?? textValue(entry, 'options', 'folder') ?? '';
    const path = written === '' ? '' : containerPath('/usr/share/grafana', written);
    const provider = {
      name: textValue(entry, 'name') ?? '',
      org: textValue(entry, 'orgId') || textValue(entry, 'org_id') || '1',
      folder: textValue(entry, 'folder') ?? '',
      ...optional('folderUid', textValue(entry, 'folderUid') || undefined),
      path,
      ...optional('repoPath', path === '' ? undefined : repoPathOf(service, path)),
      at: { file, pointer: old ? [index] : ['providers', index] },
    };
    return { provider, foldersFromFiles: flagAt(valueAt(entry, 'options', 'foldersFromFilesStructure')) ?? false };
  });
}
