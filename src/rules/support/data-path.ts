import type { Mount, Service, Stack } from '../../model/stack.ts';
import { flagValue } from '../../read/flags.ts';
import { containerPath } from '../../read/paths.ts';
import { textValue } from '../../read/values.ts';

/** Where a product keeps its data inside its container; undefined where it keeps none, or the files do not tell. */
export function dataPathOf(stack: Stack, service: Service): string | undefined {
  const path = written(stack, service);
  return path === undefined || !path.startsWith('/') || path.includes('$') ? undefined : containerPath('/', path);
}

function written(stack: Stack, service: Service): string | undefined {
  const { product, name } = service;
  const flag = (key: string): string | undefined => flagValue(service, key)?.value;
  if (product === 'prometheus') {
    if (flag('enable-feature')?.includes('agent') === true) return undefined;
    // Without a flag of its own the image's command names the folder; another command leaves it at "data/".
    return containerPath('/prometheus', flag('storage.tsdb.path') ?? (service.command.length === 0 ? '.' : 'data'));
  }
  if (product === 'alertmanager')
    return containerPath('/alertmanager', flag('storage.path') ?? (service.command.length === 0 ? '.' : 'data'));
  if (product === 'grafana') {
    const settings = stack.grafana.find((one) => one.service === name)?.settings;
    const elsewhere = ['database.url', 'database.path'].some((key) => settings?.has(key) === true);
    if (elsewhere || (settings?.get('database.type')?.value ?? 'sqlite3') !== 'sqlite3') return undefined;
    return service.environment.get('GF_PATHS_DATA')?.value ?? settings?.get('paths.data')?.value ?? '/var/lib/grafana';
  }
  if (product !== 'loki' || (flag('target') ?? 'all') !== 'all') return undefined;
  return textValue(stack.loki.find((one) => one.service === name)?.value, 'common', 'path_prefix');
}

/** The mount that holds a path of a container: the one whose target is nearest above it. */
export function mountOf(service: Service, path: string): Mount | undefined {
  return service.mounts
    .filter(({ target }) => `${path}/`.startsWith(`${target.replace(/\/+$/, '')}/`))
    .sort((a, b) => b.target.length - a.target.length)[0];
}
