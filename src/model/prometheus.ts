import type { Located, Place } from './location.ts';

/** `prometheus.yml` of one service, with the rule files it names. */
export interface PrometheusConfig {
  readonly service: string;
  /** The file in the repository; undefined where it is in the image or outside the repository. */
  readonly file?: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Seconds. */
  readonly scrapeInterval: number;
  readonly evaluationInterval: number;
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly scrapeJobs: readonly ScrapeJob[];
  readonly ruleFiles: readonly NamedFiles[];
  /** `scrape_config_files`. */
  readonly jobFiles: readonly NamedFiles[];
  /** `file_sd_configs` of every job of the main file, and of `alerting`. */
  readonly targetFiles: readonly NamedFiles[];
  /** What stands in the files above, by path; undefined where it does not parse. */
  readonly contents: ReadonlyMap<string, unknown>;
  readonly ruleGroups: readonly RuleGroup[];
  readonly alertmanagers: readonly Located<string>[];
}

/** An entry of a list of files as written, and what it matched in the repository. */
export interface NamedFiles {
  readonly pattern: Located<string>;
  readonly paths: readonly string[];
}

/** One entry of `scrape_configs`. */
export interface ScrapeJob {
  readonly name: string;
  readonly at: Place;
  /** Seconds. */
  readonly interval: number;
  readonly timeout: number;
  readonly metricsPath: string;
  readonly scheme: string;
  readonly targets: readonly ScrapeTarget[];
  /** Discovery other than `static_configs` that the job uses (`file_sd_configs`, …). */
  readonly discovery: readonly string[];
  /** Every file of its `file_sd_configs` is in the repository under the name written there, and its targets are among `targets`. */
  readonly filesRead: boolean;
  readonly relabelled: boolean;
  readonly value: Readonly<Record<string, unknown>>;
}

/** One target of `static_configs`, or of a file of `file_sd_configs`. `host` and `port` are split from the address; the port defaults by scheme. */
export interface ScrapeTarget {
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly at: Place;
}

/** A group of alerting and recording rules. */
export interface RuleGroup {
  readonly name: string;
  readonly file: string;
  readonly at: Place;
  /** Seconds. */
  readonly interval: number;
  readonly rules: readonly (AlertRule | RecordingRule)[];
}

/** An alerting rule as Prometheus reads it. */
export interface AlertRule {
  readonly kind: 'alert';
  readonly name: string;
  readonly expr: Located<string>;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly at: Place;
}

/** A recording rule. */
export interface RecordingRule {
  readonly kind: 'record';
  readonly name: string;
  readonly expr: Located<string>;
  readonly labels: Readonly<Record<string, string>>;
  readonly at: Place;
}

/** Every alerting rule of a server, in file order. */
export function alertRules(config: Pick<PrometheusConfig, 'ruleGroups'>): AlertRule[] {
  return config.ruleGroups.flatMap((group) => group.rules.filter((rule) => rule.kind === 'alert'));
}
