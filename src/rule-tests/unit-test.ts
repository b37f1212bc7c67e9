import type { Labels } from '../query/routing.ts';
import type { Input } from './inputs.ts';
import { type Clock, indexAt, type Shape, valueAt } from './shape.ts';
import type { AlertUnderTest } from './under-test.ts';

/**
 * A test file of `promtool test rules` (https://prometheus.io/docs/prometheus/2.47/configuration/unit_testing_rules/), as
 * JSON, which is YAML. It expects no alert: what there is promtool tells, labels, annotations and all. Two queries tell
 * since when the condition has held, and when the alert was last pending.
 */
export function unitTestFile(alert: AlertUnderTest, ruleFile: string, { clock, series }: Input): string {
  const end = duration(clock.end);
  const name = JSON.stringify(alert.name);
  const pending = `ALERTS{alertname=${name},alertstate="pending"}`;
  const queries = [
    `min(ALERTS_FOR_STATE{alertname=${name}})`,
    `max(max_over_time(timestamp(${pending})[${end}:${duration(clock.interval)}]))`,
  ];
  return JSON.stringify({
    rule_files: [ruleFile],
    evaluation_interval: duration(clock.interval),
    group_eval_order: alert.order,
    tests: [
      {
        interval: duration(clock.slot),
        external_labels: alert.externalLabels,
        input_series: series.map(({ labels, shape }) => ({ series: named(labels), values: written(shape, clock) })),
        alert_rule_test: [{ eval_time: end, alertname: alert.name, exp_alerts: [] }],
        promql_expr_test: queries.map((expr) => ({ expr, eval_time: end, exp_samples: [] })),
      },
    ],
  });
}

/** Seconds as Prometheus writes a duration. */
export function duration(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

/** `metric{label="value"}`. */
export function named({ __name__: name = '', ...labels }: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(',')}}`;
}

/** The values in their slots, with nothing in those between. */
function written(shape: Shape, clock: Clock): string {
  const blank = (count: number): string => (count > 1 ? `_x${count}` : '_');
  const [lead, between] = [Math.round(clock.first / clock.slot), Math.round(clock.spacing / clock.slot) - 1];
  const parts = lead > 0 ? [blank(lead)] : [];
  for (let index = 0; index <= indexAt(clock, clock.end); index += 1) {
    const value = valueAt(shape, clock, index);
    if (index > 0 && between > 0) parts.push(blank(between));
    // A series that ends is marked as stale by the scrape that misses it, and not seen for minutes on.
    const ends = value === undefined && index > 0 && valueAt(shape, clock, index - 1) !== undefined;
    parts.push(value === undefined ? (ends ? 'stale' : '_') : String(value));
  }
  return parts.join(' ');
}
