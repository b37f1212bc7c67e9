/** What Prometheus itself stores for each target (https://prometheus.io/docs/concepts/jobs_instances/). */
const ofEachScrape = new Set([
  'up',
  'scrape_duration_seconds',
  'scrape_samples_post_metric_relabeling',
  'scrape_samples_scraped',
  'scrape_series_added',
]);

/** Stored besides with `--enable-feature=extra-scrape-metrics`, or by version 3. */
const extra = new Set(['scrape_timeout_seconds', 'scrape_sample_limit', 'scrape_body_size_bytes']);

/** Whether a name is stored for every target; `perhaps` where a feature decides. */
export function isOfEachScrape(name: string): 'yes' | 'perhaps' | 'no' {
  if (ofEachScrape.has(name)) return 'yes';
  return extra.has(name) ? 'perhaps' : 'no';
}
