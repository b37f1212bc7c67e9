import type { Pointer } from '../../model/location.ts';
import type { Context } from './context.ts';
import { readdressClient, readdressHttp } from './http-config.ts';
import { list, mapping } from './json.ts';
import { outsideWhy, type ReAddressed, reAddress } from './re-address.ts';
import type { YamlEdit } from './yaml-edit.ts';

/** Points Prometheus at the Alertmanager of the stack, or at a stand-in, where it is told one outside. */
export function readdressAlertmanagers(context: Context, edit: YamlEdit, entries: readonly unknown[]): void {
  for (const [index, entry] of entries.entries()) {
    const at: Pointer = ['alerting', 'alertmanagers', index];
    const parts = mapping(entry) ?? {};
    const changes = list(parts['static_configs']).flatMap((group, position) =>
      readdressGroup(context, edit, [...at, 'static_configs', position, 'targets'], list(mapping(group)?.['targets'])),
    );
    const moved = changes.length > 0;
    if (moved && parts['scheme'] === 'https') {
      edit.set([...at, 'scheme'], 'http', 'a stand-in speaks plain HTTP inside the lab');
    }
    readdressClient(context, edit, at, parts, moved);
    for (const [key, configs] of Object.entries(parts)) {
      if (!key.endsWith('_sd_configs') || key === 'file_sd_configs') continue;
      for (const [position, discovery] of list(configs).entries()) {
        readdressHttp(context, edit, [...at, key, position], mapping(discovery) ?? {});
      }
    }
  }
}

function readdressGroup(context: Context, edit: YamlEdit, at: Pointer, targets: readonly unknown[]): ReAddressed[] {
  const changes: ReAddressed[] = [];
  const next = targets.map((target) => {
    if (typeof target !== 'string') return target;
    const changed = reAddress(context, target, { kind: 'other', port: 9093, own: 'alertmanager' });
    if (changed === undefined) return target;
    changes.push(changed);
    return changed.to;
  });
  edit.set(at, [...new Set(next)], changes[0]?.why ?? outsideWhy);
  return changes;
}
