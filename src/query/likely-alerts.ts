import type { AlertRule, PrometheusConfig } from '../model/prometheus.ts';
import { alertLabels, asSent, type Sending } from './alert-as-sent.ts';
import type { Candidate } from './inhibition.ts';
import { likelySeries } from './likely-series.ts';
import { listed, member } from './member.ts';
import { resultValues } from './promql-values.ts';
import { relabellingOf } from './relabel.ts';
import type { Labels } from './routing.ts';

/** What a server does with its alerts by its file, or with other external labels than the written ones. */
export function sendingOf(config: PrometheusConfig, externalLabels: Labels = config.externalLabels): Sending {
  const steps = listed(member(config.value, 'alerting', 'alert_relabel_configs'));
  return { externalLabels, relabelling: steps.map(relabellingOf) };
}

/** The alerts that a rule may send, as far as the files tell; labels that targets give and nothing asks for stay open. */
export function likelyAlerts(rule: AlertRule, config: PrometheusConfig, sending = sendingOf(config)): Candidate[] {
  const asked = resultValues(rule.expr.value);
  return likelySeries(rule, config).flatMap((series) => {
    const labels = asSent(alertLabels(rule, series, sending.externalLabels), sending);
    const open = Object.keys(series).filter(
      (name) => asked.get(name)?.length !== 1 && !Object.hasOwn(rule.labels, name),
    );
    return labels === undefined ? [] : [{ labels, open: new Set(open) }];
  });
}
