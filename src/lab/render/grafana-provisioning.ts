import type { GrafanaConfig } from '../../model/grafana.ts';
import type { Pointer } from '../../model/location.ts';
import type { Product } from '../../model/stack.ts';
import { pathsUnder, textAt } from '../../model/tree.ts';
import type { Context } from './context.ts';
import { list, mapping, text } from './json.ts';
import { reAddressUrl } from './re-address.ts';
import { openYaml, type YamlEdit } from './yaml-edit.ts';

const productOfType: Readonly<Record<string, Product>> = {
  prometheus: 'prometheus',
  loki: 'loki',
  alertmanager: 'alertmanager',
};
/** Keys of a contact point's settings that hold an address. */
export const contactKeys: readonly string[] = [
  'url',
  'endpointUrl',
  'apiUrl',
  'api_url',
  'webhook_url',
  'kafkaRestProxy',
];

/**
 * Renders the provisioning files that hold addresses: datasources and the contact points of Grafana's own alerting, in a
 * mounted folder or mounted one by one.
 */
export function renderProvisioning(context: Context, config: GrafanaConfig): void {
  const below = config.provisioning === undefined ? [] : pathsUnder(context.tree, config.provisioning);
  const single = (config.provisioned ?? []).map((entry) => entry.file);
  for (const path of new Set([...below, ...single])) {
    if (!/\.(ya?ml|json)$/.test(path)) continue;
    const source = context.overlay.get(path) ?? textAt(context.tree, path);
    if (source === undefined || !source.includes('://')) continue;
    const edit = openYaml(path, source, context.differences);
    if (edit === undefined) continue;
    const value = mapping(edit.value()) ?? {};
    renderDatasources(context, edit, list(value['datasources']));
    renderContactPoints(context, edit, list(value['contactPoints']));
    context.overlay.set(path, edit.text());
  }
}

function renderDatasources(context: Context, edit: YamlEdit, sources: readonly unknown[]): void {
  for (const [index, source] of sources.entries()) {
    const { url, type } = mapping(source) ?? {};
    const own = productOfType[text(type) ?? ''];
    const changed =
      typeof url === 'string'
        ? reAddressUrl(context, url, { kind: 'other', ...(own === undefined ? {} : { own }) })
        : undefined;
    if (changed !== undefined) edit.set(['datasources', index, 'url'], changed.to, changed.why);
  }
}

function renderContactPoints(context: Context, edit: YamlEdit, points: readonly unknown[]): void {
  for (const [index, point] of points.entries()) {
    const name = text(mapping(point)?.['name']) ?? '';
    for (const [position, receiver] of list(mapping(point)?.['receivers']).entries()) {
      const { type, settings } = mapping(receiver) ?? {};
      const at: Pointer = ['contactPoints', index, 'receivers', position, 'settings'];
      const path = `/receiver/${encodeURIComponent(name)}/${text(type) ?? 'webhook'}/${position}`;
      for (const key of contactKeys) {
        const url = mapping(settings)?.[key];
        const changed = typeof url === 'string' ? reAddressUrl(context, url, { kind: 'webhook', path }) : undefined;
        if (changed !== undefined) edit.set([...at, key], changed.to, changed.why);
      }
    }
  }
}
