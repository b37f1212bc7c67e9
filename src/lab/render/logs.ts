import type { Pointer } from '../../model/location.ts';
import type { LokiConfig, PromtailConfig } from '../../model/logs.ts';
import { textAt } from '../../model/tree.ts';
import { labLabel } from '../sweep.ts';
import type { Context } from './context.ts';
import { readdressHttp } from './http-config.ts';
import { list, type Mapping, mapping, text } from './json.ts';
import { reAddressUrl } from './re-address.ts';
import { openYaml, valueAt, type YamlEdit } from './yaml-edit.ts';

/** Renders Loki's configuration: ready at once, no usage reports, the ruler's Alertmanager inside the lab. */
export function renderLoki(context: Context, config: LokiConfig): void {
  const source = config.file === undefined ? undefined : textAt(context.tree, config.file);
  const edit =
    config.file === undefined || source === undefined ? undefined : openYaml(config.file, source, context.differences);
  if (config.file === undefined || edit === undefined) return;
  edit.set(['analytics', 'reporting_enabled'], false, 'the lab calls nobody outside');
  edit.set(
    ['ingester', 'lifecycler', 'min_ready_duration'],
    '0s',
    'acceleration: Loki otherwise waits 15 s before it is ready',
  );
  const alertmanagers = text(valueAt(edit.value(), ['ruler', 'alertmanager_url']));
  const changed = alertmanagers
    ?.split(',')
    .map((url) => reAddressUrl(context, url, { kind: 'other', own: 'alertmanager' })?.to ?? url)
    .join(',');
  if (changed !== undefined && changed !== alertmanagers) {
    edit.set(
      ['ruler', 'alertmanager_url'],
      changed,
      "the address lies outside the booted services: the stack's own service or a stand-in answers in the lab",
    );
  }
  context.overlay.set(config.file, edit.text());
}

/**
 * Renders Promtail's configuration: its clients, discovery that would dial out, and how soon it sees a new file or
 * container (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/configuration/). Positions and retries stay.
 */
export function renderPromtail(context: Context, config: PromtailConfig): void {
  const source = config.file === undefined ? undefined : textAt(context.tree, config.file);
  const edit =
    config.file === undefined || source === undefined ? undefined : openYaml(config.file, source, context.differences);
  if (config.file === undefined || edit === undefined) return;
  const value = mapping(edit.value()) ?? {};
  const single = mapping(value['client']);
  if (single !== undefined) readdressHttp(context, edit, ['client'], single, 'loki');
  for (const [index, client] of list(value['clients']).entries()) {
    readdressHttp(context, edit, ['clients', index], mapping(client) ?? {}, 'loki');
  }
  for (const [index, job] of list(value['scrape_configs']).entries()) {
    for (const [key, configs] of Object.entries(mapping(job) ?? {})) {
      if (!key.endsWith('_sd_configs')) continue;
      for (const [position, discovery] of list(configs).entries()) {
        const at: Pointer = ['scrape_configs', index, key, position];
        readdressHttp(context, edit, at, mapping(discovery) ?? {});
        if (key === 'docker_sd_configs') narrowDiscovery(context, edit, at, mapping(discovery) ?? {});
      }
    }
  }
  const readsFiles = config.scrapeJobs.some((job) => job.paths.length > 0);
  const soon = 'acceleration: Promtail otherwise looks for new files every 10 s';
  if (readsFiles) edit.set(['target_config', 'sync_period'], '1s', soon);
  context.overlay.set(config.file, edit.text());
}

/** The engine's own filters are all asked at once, so one more leaves the containers of the lab. */
function narrowDiscovery(context: Context, edit: YamlEdit, at: Pointer, discovery: Mapping): void {
  const own = Object.entries(context.options.labels).find(([name]) => name === labLabel);
  if (own === undefined) return;
  const filter = { name: 'label', values: [own.join('=')] };
  edit.set(
    [...at, 'filters'],
    [...list(discovery['filters']), filter],
    'other containers of this host log into no lab',
  );
  edit.set([...at, 'refresh_interval'], '5s', 'acceleration: Promtail otherwise looks for containers every 60 s');
}
