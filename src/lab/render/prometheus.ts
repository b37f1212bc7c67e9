import type { Pointer } from '../../model/location.ts';
import type { PrometheusConfig } from '../../model/prometheus.ts';
import { repoPathOf, type Service } from '../../model/stack.ts';
import { textAt } from '../../model/tree.ts';
import { readdressAlertmanagers } from './alertmanagers.ts';
import type { Context } from './context.ts';
import { seconds } from './duration.ts';
import { globbed } from './glob.ts';
import { readdressHttp } from './http-config.ts';
import { list, mapping, text } from './json.ts';
import { reAddress } from './re-address.ts';
import { literalOutside, type OutsideTarget, readdressGroups, type TargetJob } from './targets.ts';
import { openYaml, type YamlEdit } from './yaml-edit.ts';

const cap = 2;
const faster = 'acceleration: the lab scrapes and evaluates at most every 2 s; ranges in expressions stay';
const sooner = 'acceleration: alerts of the lab wait at most 2 s; the durations as written are proved without the lab';

/** Renders `prometheus.yml`, its rule files and its target files. Returns the outside targets it scrapes. */
export function renderPrometheus(context: Context, config: PrometheusConfig): OutsideTarget[] {
  for (const path of new Set(config.ruleFiles.flatMap((entry) => entry.paths))) renderRuleFile(context, path);
  const source = config.file === undefined ? undefined : textAt(context.tree, config.file);
  if (config.file === undefined || source === undefined) return [];
  const edit = openYaml(config.file, context.overlay.get(config.file) ?? source, context.differences);
  if (edit === undefined) return [];
  const value = mapping(edit.value()) ?? {};
  capInterval(edit, ['global', 'scrape_interval'], mapping(value['global'])?.['scrape_interval'] ?? '1m');
  capInterval(edit, ['global', 'evaluation_interval'], mapping(value['global'])?.['evaluation_interval'] ?? '1m');
  capInterval(edit, ['global', 'scrape_timeout'], mapping(value['global'])?.['scrape_timeout']);
  readdressAlertmanagers(context, edit, list(mapping(value['alerting'])?.['alertmanagers']));
  for (const kind of ['remote_write', 'remote_read']) {
    for (const [index, entry] of list(value[kind]).entries())
      readdressHttp(context, edit, [kind, index], mapping(entry) ?? {});
  }
  const service = context.kept.find((one) => one.name === config.service);
  const targets = list(value['scrape_configs']).flatMap((entry, index) =>
    renderJob(context, edit, service, ['scrape_configs', index], mapping(entry) ?? {}),
  );
  context.overlay.set(config.file, edit.text());
  return targets;
}

function renderJob(
  context: Context,
  edit: YamlEdit,
  service: Service | undefined,
  at: Pointer,
  job: Readonly<Record<string, unknown>>,
): OutsideTarget[] {
  capInterval(edit, [...at, 'scrape_interval'], job['scrape_interval']);
  capInterval(edit, [...at, 'scrape_timeout'], job['scrape_timeout']);
  const settings: TargetJob = {
    name: text(job['job_name']) ?? '',
    scheme: text(job['scheme']) ?? 'http',
    path: text(job['metrics_path']) ?? '/metrics',
  };
  const found = readdressGroups(context, edit, [...at, 'static_configs'], list(job['static_configs']), settings);
  for (const [key, configs] of Object.entries(job)) {
    if (!key.endsWith('_sd_configs')) continue;
    for (const [index, discovery] of list(configs).entries()) {
      const parts = mapping(discovery) ?? {};
      if (key === 'file_sd_configs') found.push(...targetFiles(context, service, list(parts['files']), settings));
      else readdressHttp(context, edit, [...at, key, index], parts);
    }
  }
  found.push(...readdressRelabelling(context, edit, at, job, settings));
  readdressHttp(context, edit, at, { ...job, url: undefined });
  return found;
}

/** A prober that lies outside is a target like any other, though its address stands in a relabelling rule. */
function readdressRelabelling(
  context: Context,
  edit: YamlEdit,
  at: Pointer,
  job: Readonly<Record<string, unknown>>,
  { name, path }: TargetJob,
): OutsideTarget[] {
  return list(job['relabel_configs']).flatMap((rule, index) => {
    const { target_label: label, replacement } = mapping(rule) ?? {};
    if (label !== '__address__' || typeof replacement !== 'string' || !literalOutside(context, replacement)) return [];
    const changed = reAddress(context, replacement, { kind: 'scrape-target', port: 80 });
    if (changed === undefined) return [];
    edit.set([...at, 'relabel_configs', index, 'replacement'], changed.to, changed.why);
    const port = Number(/:(\d+)$/.exec(replacement)?.[1] ?? 80);
    return [{ original: replacement, address: changed.to, job: name, port, path, labels: [] }];
  });
}

function targetFiles(
  context: Context,
  service: Service | undefined,
  files: readonly unknown[],
  job: TargetJob,
): OutsideTarget[] {
  if (service === undefined) return [];
  return files.flatMap((pattern) => {
    const repoPattern = typeof pattern === 'string' ? repoPathOf(service, absolute(pattern)) : undefined;
    return repoPattern === undefined
      ? []
      : globbed(context.tree, repoPattern).flatMap((path) => renderTargetFile(context, path, job));
  });
}

function renderTargetFile(context: Context, path: string, job: TargetJob): OutsideTarget[] {
  const source = context.overlay.get(path) ?? textAt(context.tree, path);
  const edit = source === undefined ? undefined : openYaml(path, source, context.differences);
  if (edit === undefined) return [];
  const found = readdressGroups(context, edit, [], list(edit.value()), job);
  if (found.length > 0)
    context.overlay.set(path, path.endsWith('.json') ? JSON.stringify(edit.value(), null, 2) : edit.text());
  return found;
}

/** Relative file names count from the folder of the configuration file. */
function absolute(pattern: string): string {
  return pattern.startsWith('/') ? pattern : `/etc/prometheus/${pattern}`;
}

/** Recording rules have no duration, and a file without durations stays as it is. */
function renderRuleFile(context: Context, path: string): void {
  const source = textAt(context.tree, path);
  if (source === undefined || !/\b(?:interval|for|keep_firing_for)['"]?\s*:/.test(source)) return;
  const edit = openYaml(path, source, context.differences);
  if (edit === undefined) return;
  for (const [index, group] of list(mapping(edit.value())?.['groups']).entries()) {
    const at = ['groups', index];
    capInterval(edit, [...at, 'interval'], mapping(group)?.['interval']);
    for (const [place, rule] of list(mapping(group)?.['rules']).entries()) {
      for (const key of ['for', 'keep_firing_for'])
        capInterval(edit, [...at, 'rules', place, key], mapping(rule)?.[key], sooner);
    }
  }
  context.overlay.set(path, edit.text());
}

/** Intervals and timeouts alike: a timeout above its interval is refused by Prometheus. */
function capInterval(edit: YamlEdit, at: Pointer, value: unknown, why = faster): void {
  if ((seconds(value) ?? 0) > cap) edit.set(at, `${cap}s`, why);
}
