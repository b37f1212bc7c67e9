import type { AlertRule, PrometheusConfig, RecordingRule } from '../../../model/prometheus.ts';
import { alertRules } from '../../../model/prometheus.ts';
import type { Repository } from '../../../model/repository.ts';
import type { Stack } from '../../../model/stack.ts';
import { flagValue } from '../../../read/flags.ts';
import { listAt } from '../../../read/values.ts';
import { isFlagOn } from '../features.ts';
import { type Scraped, targetsOf } from './targets.ts';

/** What a Prometheus of the stack stores, as far as its files tell. */
export interface Server {
  readonly config: PrometheusConfig;
  readonly stack: Stack;
  readonly targets: readonly Scraped[];
  readonly recordings: ReadonlyMap<string, readonly RecordingRule[]>;
  readonly alerts: readonly AlertRule[];
  /** Why anything at all may be stored; undefined where only jobs and rules bring series. */
  readonly open?: string;
  /** Every rule file it names is there. */
  readonly rulesKnown: boolean;
  readonly extraScrapeMetrics: boolean;
  /** Jobs of the same server before the plan that are there no more. */
  readonly lostJobs: readonly string[];
}

const known = new WeakMap<PrometheusConfig, Server>();

/** The series model of a server, made once. */
export function serverOf(repository: Repository, stack: Stack, config: PrometheusConfig): Server {
  const before = known.get(config);
  if (before !== undefined) return before;
  const made = serverFrom(repository, stack, config);
  known.set(config, made);
  return made;
}

function serverFrom({ tree, base }: Repository, stack: Stack, config: PrometheusConfig): Server {
  const rules = config.ruleGroups.flatMap((group) => group.rules);
  const recordings = new Map<string, RecordingRule[]>();
  for (const rule of rules) {
    if (rule.kind !== 'record') continue;
    const before = recordings.get(rule.name);
    if (before === undefined) recordings.set(rule.name, [rule]);
    else before.push(rule);
  }
  const service = stack.services.find((one) => one.name === config.service);
  const open = whyOpen(stack, config);
  return {
    config,
    stack,
    targets: targetsOf(tree, stack, config),
    recordings,
    alerts: alertRules(config),
    ...(open === undefined ? {} : { open }),
    rulesKnown: config.ruleFiles.every(({ paths }) => paths.length > 0),
    extraScrapeMetrics: service !== undefined && isFlagOn(service, 'extra-scrape-metrics'),
    lostJobs: jobsLost(base, config),
  };
}

/** A plan may move the compose file: any server before it that had a job of the name is meant. */
function jobsLost(base: Repository | undefined, { scrapeJobs }: PrometheusConfig): string[] {
  const now = new Set(scrapeJobs.map(({ name }) => name));
  const before = (base?.stacks ?? []).flatMap((stack) => stack.prometheus.flatMap((config) => config.scrapeJobs));
  return [...new Set(before.map(({ name }) => name))].filter((name) => !now.has(name));
}

function whyOpen({ services }: Stack, config: PrometheusConfig): string | undefined {
  const service = services.find((one) => one.name === config.service);
  if (service === undefined || config.file === undefined) return 'its configuration is not in the repository';
  if (config.scrapeJobs.length === 0) return 'its scrape jobs cannot be read';
  if (listAt(config.value, 'scrape_config_files').length > 0) return 'it reads further files of scrape jobs';
  if (listAt(config.value, 'remote_read').length > 0) return 'it reads from another store';
  const receives =
    flagValue(service, 'web.enable-remote-write-receiver') !== undefined ||
    isFlagOn(service, 'remote-write-receiver') ||
    isFlagOn(service, 'otlp-write-receiver');
  return receives ? 'others may write to it' : undefined;
}
