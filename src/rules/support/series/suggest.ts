import { type Catalogue, catalogueOf, productOfMetric } from '../../../catalog/catalog.ts';
import { nearest } from '../../../schema/nearest.ts';
import type { Server } from './server.ts';

const suffixes = ['_total', '_bytes', '_seconds', '_seconds_total', '_bytes_total', '_bucket', '_count', '_info'];

/** The name that was probably meant: that of this version, one with the usual ending, or one that differs by a slip. */
export function suggested(name: string): string | undefined {
  const product = productOfMetric(name);
  // A recording of others is no slip of an exporter's name.
  if (product === undefined || name.includes(':')) return undefined;
  const { renamed, metrics } = catalogueOf(product);
  if (Object.hasOwn(renamed, name)) return renamed[name];
  const longer = suffixes.map((suffix) => `${name}${suffix}`).find((one) => metrics.has(one));
  const shorter = suffixes.filter((one) => name.endsWith(one)).map((one) => name.slice(0, -one.length));
  const found = longer ?? shorter.find((one) => metrics.has(one));
  if (found !== undefined) return found;
  const start = name.slice(0, 8);
  const near = [...metrics.keys()].filter((one) => one.startsWith(start) && Math.abs(one.length - name.length) <= 2);
  const close = nearest(name, near);
  return close !== undefined && slips(name, close) <= 2 ? close : undefined;
}

/** How many places of two texts differ, beginnings and ends that agree left out. */
function slips(a: string, b: string): number {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end;
}

/**
 * The catalogue that a name should be in and is not, where something that the server scrapes is, or probably is, of
 * that product.
 */
export function missedBy(server: Server, name: string): Catalogue | undefined {
  const product = productOfMetric(name);
  if (product === undefined) return undefined;
  const scraped = server.targets.filter(({ offer, likely }) => (offer?.catalogue.product ?? likely) === product);
  if (scraped.length === 0 || scraped.some(({ offer }) => offer !== undefined && (offer.open || !offer.certain)))
    return undefined;
  const catalogue = catalogueOf(product);
  if (!catalogue.complete || catalogue.metrics.has(name)) return undefined;
  if (Object.hasOwn(catalogue.renamed, name)) return catalogue;
  const open = [...catalogue.open, ...[...catalogue.groups.values()].flatMap((group) => group.open)];
  return open.some((begins) => name.startsWith(begins)) ? undefined : catalogue;
}
