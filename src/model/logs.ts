import type { Located, Place } from './location.ts';

/** A file in the folder of a ruler's rules. */
export interface LokiRuleFile {
  readonly file: string;
  /** The tenant whose folder it lies in; undefined where it lies elsewhere, and is not read. */
  readonly tenant?: string;
  readonly value?: Readonly<Record<string, unknown>>;
}

/** Loki's configuration of one service. */
export interface LokiConfig {
  readonly service: string;
  readonly file?: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly rules: readonly LokiRuleFile[];
}

/** Promtail's configuration of one service. */
export interface PromtailConfig {
  readonly service: string;
  readonly file?: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly clients: readonly Located<string>[];
  readonly positions?: Located<string>;
  readonly scrapeJobs: readonly {
    readonly name: string;
    readonly at: Place;
    readonly paths: readonly Located<string>[];
    readonly usesDocker: boolean;
  }[];
}
