import type { AlertmanagerConfig } from '../../model/alertmanager.ts';
import type { Pointer } from '../../model/location.ts';
import { textAt } from '../../model/tree.ts';
import type { Context } from './context.ts';
import { seconds } from './duration.ts';
import { readdressClient } from './http-config.ts';
import { list, type Mapping, mapping, text } from './json.ts';
import { reAddressUrl } from './re-address.ts';
import { renderReceivers } from './receivers.ts';
import { smarthost } from './smtp.ts';
import { openYaml, type YamlEdit } from './yaml-edit.ts';

const faster = 'acceleration: the lab waits at most 1 s for a group and 5 s between its messages';
const apart = 'alerts that the lab posts for different claims do not mute each other';

/** Renders `alertmanager.yml`: short group timings, no muted times, and every way out of the stack re-addressed. */
export function renderAlertmanager(context: Context, config: AlertmanagerConfig): void {
  const source = config.file === undefined ? undefined : textAt(context.tree, config.file);
  if (config.file === undefined || source === undefined) return;
  const edit = openYaml(config.file, context.overlay.get(config.file) ?? source, context.differences);
  if (edit === undefined) return;
  const value = mapping(edit.value()) ?? {};
  const global = mapping(value['global']) ?? {};
  renderGlobal(context, edit, global);
  const route = mapping(value['route']);
  if (route !== undefined) renderRoute(edit, ['route'], { group_wait: '30s', group_interval: '5m', ...route });
  for (const [index, rule] of list(value['inhibit_rules']).entries()) {
    const equal = list(mapping(rule)?.['equal']);
    edit.set(['inhibit_rules', index, 'equal'], [...equal, 'stackproof_scene'], apart);
  }
  renderReceivers(context, edit, list(value['receivers']), global);
  context.overlay.set(config.file, edit.text());
}

function renderGlobal(context: Context, edit: YamlEdit, global: Mapping): void {
  for (const [key, value] of Object.entries(global)) {
    if (!key.endsWith('_url') || typeof value !== 'string') continue;
    const changed = reAddressUrl(context, value, { kind: 'webhook', path: `/receiver/global/${key.split('_')[0]}/0` });
    if (changed !== undefined) edit.set(['global', key], changed.to, changed.why);
  }
  const mail = smarthost(context, text(global['smtp_smarthost']));
  if (mail !== undefined) edit.set(['global', 'smtp_smarthost'], mail.to, mail.why);
  const client = mapping(global['http_config']);
  if (client !== undefined) readdressClient(context, edit, ['global', 'http_config'], client, false);
}

/** Timings are inherited, so only the root gets what is not written; `repeat_interval` is never below what is set here. */
function renderRoute(edit: YamlEdit, at: Pointer, route: Mapping): void {
  if ((seconds(route['group_wait']) ?? 0) > 1) edit.set([...at, 'group_wait'], '1s', faster);
  if ((seconds(route['group_interval']) ?? 0) > 5) edit.set([...at, 'group_interval'], '5s', faster);
  for (const key of ['mute_time_intervals', 'active_time_intervals']) {
    edit.drop([...at, key], 'a proof must not depend on the hour at which it runs');
  }
  for (const [index, child] of list(route['routes']).entries()) {
    renderRoute(edit, [...at, 'routes', index], mapping(child) ?? {});
  }
}
