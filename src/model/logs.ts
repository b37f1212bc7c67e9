import type { Located, Place } from './location.ts';

/** Loki's configuration of one service. */
export interface LokiConfig {
  readonly service: string;
  readonly file?: string;
  readonly value: Readonly<Record<string, unknown>>;
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
