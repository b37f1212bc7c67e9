import type { GrafanaConfig } from '../../model/grafana.ts';
import type { Service } from '../../model/stack.ts';
import type { Tree } from '../../model/tree.ts';
import { containerFiles } from '../../read/container.ts';
import { hasWholeEnvironment, isOpaque, serviceOf } from './around.ts';

type Around = { readonly tree: Tree; readonly stack: Parameters<typeof serviceOf>[0] };

/**
 * The plugins that the files install; undefined where an image of their own, a mounted folder or a missing env_file may
 * bring others.
 */
export function installedPlugins(grafana: GrafanaConfig, { tree, stack }: Around): ReadonlySet<string> | undefined {
  const service = serviceOf(stack, grafana);
  if (service === undefined || isOpaque(service) || !hasWholeEnvironment(tree, stack, service)) return undefined;
  if (!/(?:^|\/)grafana\/grafana(?:-oss|-enterprise)?(?:[:@]|$)/.test(service.image?.value ?? '')) return undefined;
  if (/\b(?:plugins install|grafana-cli|grafana cli)\b/.test(started(service))) return undefined;
  const folder = service.environment.get('GF_PATHS_PLUGINS')?.value || '/var/lib/grafana/plugins';
  const mounted = service.mounts.filter(({ target }) => `${target}/`.startsWith(`${folder}/`));
  if (mounted.some(({ kind, repoPath }) => kind === 'volume' || repoPath === undefined)) return undefined;
  const names = ['GF_INSTALL_PLUGINS', 'GF_PLUGINS_PREINSTALL', 'GF_PLUGINS_PREINSTALL_SYNC'];
  const written = names.map((name) => service.environment.get(name)?.value ?? '').join(',');
  if (written.includes('$')) return undefined;
  const ids = written.split(',').map((one) => (one.split(';')[1] ?? one).trim().split(/[\s@]/)[0] ?? '');
  const folders = containerFiles(tree, service, folder).map(
    ({ path }) => path.slice(folder.length + 1).split('/')[0] ?? '',
  );
  return new Set([...ids, ...folders].filter((id) => id !== ''));
}

function started(service: Service): string {
  return JSON.stringify([service.definition['entrypoint'] ?? null, service.definition['command'] ?? null]);
}
