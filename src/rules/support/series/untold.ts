import type { FindingDraft } from '../../../model/finding.ts';
import { quoteAll } from '../quote.ts';
import { untold } from './lacks.ts';
import type { Site } from './sites.ts';

/** One finding for each file whose expressions ask for metrics that nobody knows and that some job may have. */
export function untoldOnce(sites: readonly Site[]): FindingDraft[] {
  const found = new Map<string, { readonly first: Site; readonly names: Set<string>; readonly jobs: Set<string> }>();
  for (const site of sites) {
    const { file } = site.place();
    for (const { name, answer } of untold(site)) {
      const held = found.get(file) ?? { first: site, names: new Set(), jobs: new Set() };
      found.set(file, held);
      held.names.add(name);
      for (const job of answer.perhaps) held.jobs.add(job);
    }
  }
  return [...found.values()].map(({ first, names, jobs }) => {
    const listed = [...names].sort();
    const { open } = first.server;
    const who = open === undefined ? whoMay([...jobs]) : open;
    return {
      at: first.place(),
      severity: 'info',
      message: `${quoteAll(listed, 6)}: no exporter that is known has ${listed.length === 1 ? 'it' : 'them'}, and ${who}, so whether ${listed.length === 1 ? 'it is' : 'they are'} there cannot be told`,
      facts: { metrics: listed, jobs: [...jobs] },
    };
  });
}

function whoMay(jobs: readonly string[]): string {
  if (jobs.length === 0) return 'a rule file that is not in the repository may record it';
  return `what ${jobs.length === 1 ? 'job' : 'jobs'} ${quoteAll(jobs)} ${jobs.length === 1 ? 'scrapes' : 'scrape'} is not described`;
}
