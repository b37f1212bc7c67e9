import type { Place } from '../../../model/location.ts';
import type { PrometheusConfig, ScrapeJob, ScrapeTarget } from '../../../model/prometheus.ts';
import { defaultPorts, type Product, type Service, type Stack } from '../../../model/stack.ts';
import type { Tree } from '../../../model/tree.ts';
import { afterRelabelling, type Labels, type Relabelling } from '../../../query/relabel.ts';
import { splitAddress } from '../../../read/prometheus/scrape.ts';
import { flagAt, mappingAt } from '../../../read/values.ts';
import { isOwnPort, reachOf } from '../hosts.ts';
import { listeningOf } from '../listening.ts';
import { type Offer, offerOf } from './offer.ts';
import { relabellingsOf } from './relabellings.ts';

/** What one target, or the targets of one discovery, gives to the samples scraped there. */
export interface Scraped {
  readonly job: ScrapeJob;
  readonly address: string;
  readonly at: Place;
  readonly labels: Labels;
  /** What answers there; undefined where the files do not tell. */
  readonly offer?: Offer;
  /** What probably answers: for the labels of a metric, never for its absence. */
  readonly likely?: Product;
  readonly honorsLabels: boolean;
  readonly metricRules: readonly Relabelling[];
}

/** Discoveries that may bring any label, `job` included; the others bring only what relabelling uses. */
const freeLabels = new Set(['file_sd_configs', 'http_sd_configs']);

/** Everything a server scrapes. */
export function targetsOf(tree: Tree, stack: Stack, config: PrometheusConfig): Scraped[] {
  const from = stack.services.find((service) => service.name === config.service);
  return config.scrapeJobs.flatMap((job) => {
    const rules = relabellingsOf(job.value, 'relabel_configs');
    const shared = {
      job,
      honorsLabels: flagAt(job.value, 'honor_labels') === true,
      metricRules: relabellingsOf(job.value, 'metric_relabel_configs'),
    };
    const found = job.targets.flatMap((target): Scraped[] => {
      const after = afterRelabelling(initial(job, target), rules);
      if (after === undefined) return [];
      const { address, labels } = after;
      const answer = from === undefined ? {} : answering(tree, stack, from, job, address);
      return [{ ...shared, address: target.address, at: target.at, labels, ...answer }];
    });
    const open = job.discovery.filter((kind) => kind !== 'file_sd_configs' || !job.filesRead);
    const discovered = open.flatMap((kind): Scraped[] => {
      const known = new Map([['job', freeLabels.has(kind) ? undefined : job.name]]);
      const after = afterRelabelling({ known, others: true }, rules);
      return after === undefined ? [] : [{ ...shared, address: kind, at: job.at, labels: after.labels }];
    });
    return [...found, ...discovered];
  });
}

function initial(job: ScrapeJob, { address, labels }: ScrapeTarget): Labels {
  const written = Object.entries(labels).map(([name, value]) => [name, isOpen(value) ? undefined : value] as const);
  const parameters = Object.entries(mappingAt(job.value, 'params')).map(
    ([name, values]) => [`__param_${name}`, String([values].flat()[0] ?? '')] as const,
  );
  const known = new Map<string, string | undefined>([
    ['job', isOpen(job.name) ? undefined : job.name],
    ['__address__', isOpen(address) ? undefined : address],
    ['__scheme__', job.scheme],
    ['__metrics_path__', job.metricsPath],
    ...parameters,
    ...written.filter(([, value]) => value !== ''),
  ]);
  // A target of a file has the path of that file too, which is seldom what matters.
  if (job.discovery.includes('file_sd_configs')) known.set('__meta_filepath', undefined);
  return { known, others: false };
}

/** A text that something else fills in before Prometheus reads it. */
function isOpen(text: string): boolean {
  return /\$\{?\w|\{\{/.test(text);
}

function answering(
  tree: Tree,
  stack: Stack,
  from: Service,
  job: ScrapeJob,
  address: string | undefined,
): { readonly offer?: Offer; readonly likely?: Product } {
  if (address === undefined || job.metricsPath !== '/metrics') return {};
  const { host, port } = splitAddress(address, job.scheme);
  const reach = reachOf(tree, stack, from, host);
  const service = reach.kind === 'service' ? reach.service : reach.kind === 'self' ? from : undefined;
  if (reach.kind === 'self' && !isOwnPort(stack, from, port)) return {};
  if (service === undefined) return reach.kind === 'outside' ? guess(job.name, port) : {};
  if (service.product === undefined) return {};
  const listening = listeningOf(stack, service);
  if (listening !== undefined && !listening.ports.includes(port)) return {};
  return { offer: offerOf(service, service.product) };
}

/** What probably answers outside the stack, by the usual port or by the name of the job. */
function guess(job: string, port: number): { readonly likely?: Product } {
  if (/cadvisor/i.test(job)) return { likely: 'cadvisor' };
  const products: readonly Product[] = ['node-exporter', 'prometheus', 'alertmanager', 'loki', 'promtail'];
  const likely = products.find((product) => defaultPorts[product] === port);
  return likely === undefined ? {} : { likely };
}
