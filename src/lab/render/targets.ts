import type { Pointer } from '../../model/location.ts';
import { cutUrl, defaultPort, hostPort } from './address.ts';
import type { Context } from './context.ts';
import { list, type Mapping, mapping, text } from './json.ts';
import { leadsOutside } from './outside.ts';
import { outsideWhy, reAddress, reAddressUrl } from './re-address.ts';
import type { YamlEdit } from './yaml-edit.ts';

/** An outside scrape target with what is needed to play it. */
export interface OutsideTarget {
  readonly original: string;
  readonly address: string;
  readonly job: string;
  readonly port: number;
  readonly path: string;
  /** Labels the target's samples get anyway; the played metrics do not repeat them. */
  readonly labels: readonly string[];
}

/** The scrape settings of a job that matter for its targets. */
export interface TargetJob {
  readonly name: string;
  readonly scheme: string;
  readonly path: string;
}

/**
 * Re-addresses the outside targets of one list of target groups (`static_configs`, or a file of `file_sd_configs`).
 * A target without an `instance` label gets a group of its own that keeps the original address as `instance`, because
 * Prometheus would derive the label from the address
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#static_config).
 */
export function readdressGroups(
  context: Context,
  edit: YamlEdit,
  at: Pointer,
  groups: readonly unknown[],
  job: TargetJob,
): OutsideTarget[] {
  const found: OutsideTarget[] = [];
  const next = groups.flatMap((group) => {
    const parts = mapping(group);
    if (parts === undefined) return [group];
    const labels = mapping(parts['labels']) ?? {};
    const kept: unknown[] = [];
    const apart: Mapping[] = [];
    for (const target of list(parts['targets'])) {
      const outside = typeof target === 'string' ? outsideTarget(context, target, labels, job) : undefined;
      if (outside === undefined) kept.push(target);
      else found.push(outside);
      if (outside === undefined) continue;
      const scheme = job.scheme === 'https' && labels['__scheme__'] === undefined ? { __scheme__: 'http' } : {};
      const instance = labels['instance'] === undefined && !isUrl(target) ? { instance: withPort(outside) } : {};
      if (Object.keys(scheme).length + Object.keys(instance).length === 0) kept.push(renamed(target, outside));
      else apart.push({ ...parts, targets: [renamed(target, outside)], labels: { ...labels, ...scheme, ...instance } });
    }
    return [...(kept.length > 0 || apart.length === 0 ? [{ ...parts, targets: kept }] : []), ...apart];
  });
  if (found.length > 0) writeGroups(edit, at, groups, next);
  return found;
}

/** Small edits where the groups stay the same, so that comments and order stay too. */
function writeGroups(edit: YamlEdit, at: Pointer, before: readonly unknown[], after: readonly unknown[]): void {
  if (before.length !== after.length) {
    edit.set(at, after, outsideWhy);
    return;
  }
  for (const [index, group] of after.entries()) {
    edit.set([...at, index, 'targets'], mapping(group)?.['targets'], outsideWhy);
    const labels = mapping(group)?.['labels'];
    if (labels !== undefined)
      edit.set([...at, index, 'labels'], labels, 'the address changed: its label stays as it was');
  }
}

function outsideTarget(context: Context, target: string, labels: Mapping, job: TargetJob): OutsideTarget | undefined {
  const scheme = text(labels['__scheme__']) ?? job.scheme;
  const port = cutUrl(target)?.port ?? hostPort(target)?.port ?? defaultPort(cutUrl(target)?.scheme ?? scheme);
  const changed = isUrl(target)
    ? reAddressUrl(context, target, { kind: 'scrape-target' })?.to
    : reAddress(context, target, { kind: 'scrape-target', port })?.to;
  if (changed === undefined) return undefined;
  return {
    original: target,
    address: cutUrl(changed) === undefined ? changed : `${cutUrl(changed)?.host}:${cutUrl(changed)?.port}`,
    job: job.name,
    port,
    path: text(labels['__metrics_path__']) ?? job.path,
    labels: Object.keys(labels),
  };
}

/** Prometheus adds the scheme's port before it derives `instance`. */
function withPort(target: OutsideTarget): string {
  return hostPort(target.original)?.port === undefined ? `${target.original}:${target.port}` : target.original;
}

/** A URL as target is the argument of a probe, not an address to scrape. */
function isUrl(target: unknown): boolean {
  return typeof target === 'string' && target.includes('://');
}

function renamed(target: unknown, outside: OutsideTarget): string {
  const cut = cutUrl(String(target));
  return cut === undefined ? outside.address : `http://${outside.address}${cut.rest}`;
}

/** Whether a literal address of a relabelling rule leads outside. */
export function literalOutside(context: Context, replacement: string): boolean {
  const parts = hostPort(replacement);
  return parts !== undefined && leadsOutside(context, parts.host);
}
