import type { Located, Place } from './location.ts';

/** `alertmanager.yml` of one service. */
export interface AlertmanagerConfig {
  readonly service: string;
  readonly file?: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly route?: Route;
  readonly receivers: readonly Receiver[];
  readonly inhibitRules: readonly InhibitRule[];
  readonly templates: readonly Located<string>[];
}

/** A node of the route tree; `receiver` and `groupBy` are inherited where not written. */
export interface Route {
  readonly receiver: string;
  readonly groupBy: readonly string[];
  readonly matchers: readonly Matcher[];
  readonly continue: boolean;
  readonly routes: readonly Route[];
  readonly at: Place;
  readonly value: Readonly<Record<string, unknown>>;
}

/** One matcher; regular expressions are anchored, as Alertmanager anchors them (RE2). */
export interface Matcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A receiver and its integrations. `kind` is the key without `_configs` (`webhook`, `email`, `slack`, …). */
export interface Receiver {
  readonly name: string;
  readonly at: Place;
  readonly integrations: readonly {
    readonly kind: string;
    readonly index: number;
    readonly sendResolved: boolean;
    readonly value: Readonly<Record<string, unknown>>;
    readonly at: Place;
  }[];
}

/** An inhibition rule: a firing source mutes targets that agree on the `equal` labels. */
export interface InhibitRule {
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  readonly equal: readonly string[];
  readonly at: Place;
}
