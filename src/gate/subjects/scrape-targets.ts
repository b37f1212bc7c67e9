import type { Matcher } from '../../model/alertmanager.ts';
import type { PrometheusConfig, ScrapeJob } from '../../model/prometheus.ts';
import type { Stack } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import { listed, member } from '../../query/member.ts';
import { selectorText } from '../../query/selector-text.ts';
import { type AskedSelector, askedSelectors } from './asked-selectors.ts';
import { distinct } from './distinct.ts';

/** A claim about one scrape job of one Prometheus. */
export interface JobSubject {
  readonly claim: Claim;
  readonly service: string;
  readonly job: ScrapeJob;
}

/** A claim that the targets of a job have the labels that rules and panels select them by. */
export interface LabelSubject extends JobSubject {
  /** `up{…}`, and who asks so. */
  readonly asked: readonly { readonly selector: string; readonly by: string }[];
}

/** A claim that what the targets of a job expose, and rules and panels ask for, is stored. */
export interface MetricSubject extends JobSubject {
  readonly metrics: readonly string[];
  /** Those that are asked of this job by its name. */
  readonly own: readonly string[];
}

/** What the scrape suite claims: every configured job has a target that is up. */
export function jobSubjects(stack: Stack): JobSubject[] {
  return distinct(
    stack.prometheus.flatMap((config) =>
      config.scrapeJobs.map((job) => ({ claim: claimOf('scrape-targets', job.name), service: config.service, job })),
    ),
  );
}

/** What it claims of labels: a target is found by what rules and panels call it. */
export function labelSubjects(stack: Stack): LabelSubject[] {
  return distinct(
    perJob(stack, (config, job, asked) => {
      const known = targetLabels(job);
      const ways = new Map<string, string>();
      for (const { metric, matchers, by } of asked) {
        if (!matchers.some((one) => isJob(one, job))) continue;
        const ofTarget = matchers.filter((one) => isFixed(one) && (isReport(metric) || known.has(one.label)));
        const selector = selectorText({ metric: 'up', matchers: ofTarget });
        if (!ways.has(selector)) ways.set(selector, by);
      }
      if (ways.size === 0) return [];
      const claim = claimOf('scrape-targets', `${job.name} labels`);
      return [{ claim, service: config.service, job, asked: [...ways].map(([selector, by]) => ({ selector, by })) }];
    }),
  );
}

/** What it claims of metrics: none that is asked for gets lost between the target and the store. */
export function metricSubjects(stack: Stack): MetricSubject[] {
  return distinct(
    perJob(stack, (config, job, asked) => {
      const mine = asked.filter(({ metric, matchers }) => {
        const named = matchers.filter(({ label, op }) => label === 'job' && op === '=');
        return !isReport(metric) && named.every((one) => isJob(one, job));
      });
      if (mine.length === 0 || !isOpenDoor(job)) return [];
      const own = mine.filter(({ matchers }) => matchers.some((one) => isJob(one, job)));
      const claim = claimOf('scrape-targets', `${job.name} metrics`);
      return [{ claim, service: config.service, job, metrics: namesOf(mine), own: namesOf(own) }];
    }),
  );
}

function perJob<T>(
  stack: Stack,
  subjects: (config: PrometheusConfig, job: ScrapeJob, asked: readonly AskedSelector[]) => readonly T[],
): T[] {
  return stack.prometheus.flatMap((config) => {
    const asked = askedSelectors(stack, config);
    return config.scrapeJobs.flatMap((job) => subjects(config, job, asked));
  });
}

/** What a scrape reports of itself has the labels of the target and no others. */
function isReport(metric: string): boolean {
  return metric === 'up' || metric.startsWith('scrape_');
}

function isJob({ label, op, value }: Matcher, { name }: ScrapeJob): boolean {
  return label === 'job' && op === '=' && value === name;
}

/** A rule may be written for more than there is, so only a value that is written out is one that somebody expects. */
function isFixed({ op, value }: Matcher): boolean {
  return op === '=' && value !== '';
}

function targetLabels({ targets, value }: ScrapeJob): Set<string> {
  const written = targets.flatMap(({ labels }) => Object.keys(labels));
  const made = listed(value['relabel_configs']).map((rule) => String(member(rule, 'target_label') ?? ''));
  return new Set(['job', 'instance', ...written, ...made]);
}

/** The exposition can be read as Prometheus reads it: without a password, a certificate or parameters. */
function isOpenDoor({ value, scheme, discovery }: ScrapeJob): boolean {
  const locks = ['basic_auth', 'authorization', 'bearer_token', 'bearer_token_file', 'oauth2', 'tls_config', 'params'];
  const ofFiles = discovery.every((kind) => kind === 'file_sd_configs');
  return scheme === 'http' && ofFiles && locks.every((lock) => value[lock] === undefined);
}

function namesOf(asked: readonly AskedSelector[]): string[] {
  return [...new Set(asked.map(({ metric }) => metric))].sort();
}
