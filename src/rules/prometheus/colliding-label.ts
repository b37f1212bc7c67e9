import { catalogueOf, hasLabel } from '../../catalog/catalog.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { quote, quoteAll } from '../support/quote.ts';
import { serverOf } from '../support/series/server.ts';
import type { Scraped } from '../support/series/targets.ts';

/**
 * A label that a target and a metric both have is the target's; that of the metric becomes `exported_…`
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#scrape_config, `honor_labels`).
 */
export const collidingLabel = defineRule({
  id: 'prometheus/colliding-label',
  severity: 'warning',
  over: 'scrape-job',
  claim: 'No label of a target has the name of a label of the metrics scraped there.',
  check: (job, { repository, stack, prometheus }) => {
    const targets = serverOf(repository, stack, prometheus).targets.filter((target) => target.job === job);
    const found = new Map<string, FindingDraft>();
    for (const target of targets)
      for (const label of target.labels.known.keys())
        if (!found.has(label) && !target.honorsLabels) {
          const draft = collision(target, label);
          if (draft !== undefined) found.set(label, draft);
        }
    return [...found.values()];
  },
});

function collision(target: Scraped, label: string): FindingDraft | undefined {
  const product = target.offer?.catalogue.product ?? target.likely;
  if (product === undefined || label === 'job' || label === 'instance') return undefined;
  const { metrics, version } = catalogueOf(product);
  const names = [...metrics.values()].filter((metric) => hasLabel(metric, label) === 'yes').map(({ name }) => name);
  if (names.length === 0) return undefined;
  return {
    at: target.at,
    message: `Label "${label}" of target ${quote(target.address)} in job ${quote(target.job.name)} is one that metrics of ${product} ${version} have, such as ${quoteAll(names, 3)}, so theirs is called "exported_${label}"`,
    hint: 'Call the label of the target otherwise',
    facts: { job: target.job.name, label, metrics: names.slice(0, 20) },
    ...(target.offer === undefined ? { severity: 'info' as const } : {}),
  };
}
