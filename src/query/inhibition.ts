import type { InhibitRule } from '../model/alertmanager.ts';
import { type Labels, matchersHold } from './routing.ts';

/** A label set an alert can have. `open` lists labels whose value is a guess: any other is as likely. */
export interface Candidate {
  readonly labels: Labels;
  readonly open: ReadonlySet<string>;
}

/** An alert that mutes, and one that it mutes. */
export interface Pair<T> {
  readonly source: T;
  readonly target: T;
  /** The labels of the target, where values that were guesses had to be those of the source. */
  readonly targetLabels: Labels;
}

/**
 * The first two alerts between which a rule holds: source and target matchers fit, and the `equal` labels have the same
 * values, two absent ones among them. An alert that fits both sides is not muted by one of which the same is true
 * (https://prometheus.io/docs/alerting/0.26/configuration/#inhibit_rule).
 */
export function inhibitingPair<T extends Candidate>(rule: InhibitRule, alerts: readonly T[]): Pair<T> | undefined {
  const sources = alerts.filter(({ labels }) => matchersHold(rule.source, labels));
  const targets = alerts.filter(({ labels }) => matchersHold(rule.target, labels));
  for (const target of targets) {
    for (const source of sources) {
      const targetLabels = aligned(rule, source, target);
      if (targetLabels === undefined) continue;
      const twoSided = matchersHold(rule.source, targetLabels) && matchersHold(rule.target, source.labels);
      if (!twoSided && matchersHold(rule.target, targetLabels)) return { source, target, targetLabels };
    }
  }
  return undefined;
}

function aligned({ equal }: InhibitRule, source: Candidate, target: Candidate): Labels | undefined {
  const labels: Record<string, string> = { ...target.labels };
  for (const name of equal) {
    const wanted = source.labels[name] ?? '';
    if ((labels[name] ?? '') === wanted) continue;
    if (!target.open.has(name) || wanted === '') return undefined;
    labels[name] = wanted;
  }
  return labels;
}
