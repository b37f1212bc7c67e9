import { type Catalogue, catalogueOf, type Metric } from '../../../catalog/catalog.ts';
import type { Product, Service } from '../../../model/stack.ts';
import { flagValue } from '../../../read/flags.ts';
import { imageVersion } from '../versions.ts';

/** What a service exposes, as its image and its flags say. */
export interface Offer {
  readonly service: Service;
  readonly catalogue: Catalogue;
  /** The version is the catalogue's, and nothing hides the flags: what is not offered is not there. */
  readonly certain: boolean;
  /** It is the product as it is shipped, of whatever version. */
  readonly plain: boolean;
  /** Any name at all may come from it. */
  readonly open: boolean;
  readonly isOn: (group: string) => boolean;
  readonly labelsOf: (metric: Metric) => readonly string[];
}

/** Whether a name is offered; `off` names the collector that a flag leaves out. */
export type Offered =
  | { readonly answer: 'yes'; readonly metric: Metric }
  | { readonly answer: 'off'; readonly group: string }
  | { readonly answer: 'no' }
  | { readonly answer: 'unknown' };

const unknown: Offered = { answer: 'unknown' };
const no: Offered = { answer: 'no' };

/** What a service of a known product offers. */
export function offerOf(service: Service, product: Product): Offer {
  const catalogue = catalogueOf(product);
  const plain = isPlain(service);
  return {
    service,
    catalogue,
    certain: plain && imageVersion(service)?.join('.') === catalogue.version,
    plain,
    open: product === 'node-exporter' && flagValue(service, 'collector.textfile.directory') !== undefined,
    isOn: switchOf(service, catalogue),
    labelsOf: product === 'cadvisor' ? containerLabels(service) : (metric) => metric.labels,
  };
}

/** Looks a name up in what is offered. */
export function lookUp({ catalogue, certain, plain, open, isOn }: Offer, name: string): Offered {
  const metric = catalogue.metrics.get(name);
  if (metric !== undefined) {
    if (isOn(metric.group)) return { answer: 'yes', metric };
    return certain && !open ? { answer: 'off', group: metric.group } : unknown;
  }
  if (open || !catalogue.complete) return unknown;
  // Another version has other names, and they begin as its own do.
  if (!certain) return plain && !isOwn(catalogue, name) ? no : unknown;
  if (Object.hasOwn(catalogue.renamed, name)) return no;
  if (catalogue.open.some((begins) => name.startsWith(begins))) return unknown;
  const holders = [...catalogue.groups].filter(([, group]) => group.open.some((begins) => name.startsWith(begins)));
  const [holder] = holders;
  if (holder === undefined) return no;
  return holders.some(([group]) => isOn(group)) ? unknown : { answer: 'off', group: holder[0] };
}

function isOwn({ own, open }: Catalogue, name: string): boolean {
  return [...own, ...open].some((begins) => name.startsWith(begins));
}

function isPlain({ definition, command }: Service): boolean {
  const own = definition['build'] === undefined && definition['entrypoint'] === undefined;
  return own && !command.some(({ value }) => /\$\{?\w|\.sh$|^@/.test(value));
}

function switchOf(service: Service, { product, groups }: Catalogue): (group: string) => boolean {
  if (product === 'cadvisor') return kindsOf(service, groups);
  if (product !== 'node-exporter') return () => true;
  const bare = flagValue(service, 'collector.disable-defaults') !== undefined;
  const on = (group: string): boolean => {
    const asked = isAsked(service, group);
    const [parent = '', ...below] = group.split('.');
    const usual = groups.get(group)?.enabled === true && !(bare && below.length === 0);
    return (asked ?? usual) && (below.length === 0 || on(parent));
  };
  return (group) => group === '' || on(group);
}

function isAsked(service: Service, group: string): boolean | undefined {
  const words = service.command.flatMap(({ value }) => value.split(/\s+/));
  if (words.some((word) => word.replace(/^--?/, '') === `no-collector.${group}`)) return false;
  const flag = words.find((word) => word.replace(/^--?/, '').split('=')[0] === `collector.${group}`);
  return flag === undefined ? undefined : !flag.endsWith('=false');
}

/** `--enable_metrics` replaces the usual kinds, `--disable_metrics` the usual ones left out. */
function kindsOf(service: Service, groups: Catalogue['groups']): (group: string) => boolean {
  const listed = (flag: string): string[] | undefined => flagValue(service, flag)?.value.split(',');
  const enabled = listed('enable_metrics')?.filter((kind) => kind !== '');
  const disabled = listed('disable_metrics');
  if (enabled !== undefined && enabled.length > 0) return (group) => group === '' || enabled.includes(group);
  if (disabled !== undefined) return (group) => group === '' || !disabled.includes(group);
  return (group) => group === '' || groups.get(group)?.enabled === true;
}

/** Container labels and environment variables become labels, all of them or the ones listed. */
function containerLabels(service: Service): (metric: Metric) => readonly string[] {
  const listed = (flag: string): string[] =>
    (flagValue(service, flag)?.value ?? '').split(',').map((name) => name.trim().replace(/[^a-zA-Z0-9_]/g, '_'));
  const stores = flagValue(service, 'store_container_labels')?.value !== 'false';
  const kept = listed('whitelisted_container_labels').map((name) => `container_label_${name}`);
  return ({ labels }) =>
    stores ? labels : labels.flatMap((label) => (label === 'container_label_*' ? kept : [label]));
}
