import type { AlertRule } from '../model/prometheus.ts';
import { type Relabelling, relabel } from './relabel.ts';
import type { Labels } from './routing.ts';

/** What a Prometheus does with every alert on its way to an Alertmanager. */
export interface Sending {
  readonly externalLabels: Labels;
  /** `alert_relabel_configs`. */
  readonly relabelling: readonly Relabelling[];
}

/** What stands in place of a template whose text only an evaluation gives. */
export const templated = 'templated';

/**
 * The alert that a rule makes of a series: the series' labels but its name, over them the rule's own, with `alertname`
 * (rules/alerting.go of Prometheus 2.47, `AlertingRule.Eval`).
 */
export function alertLabels(rule: Pick<AlertRule, 'name' | 'labels'>, series: Labels, external: Labels): Labels {
  const { __name__: _name, ...own } = series;
  const written = Object.entries(rule.labels).map(
    ([name, text]) => [name, expandText(text, series, external)] as const,
  );
  return withoutEmpty({ ...own, ...Object.fromEntries(written), alertname: rule.name });
}

/**
 * The labels with which an alert leaves: an external label where the alert has none of that name, then the relabelling.
 * Undefined where that drops it
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#alert_relabel_configs).
 */
export function asSent(alert: Labels, { externalLabels, relabelling }: Sending): Labels | undefined {
  const whole = { ...withoutEmpty(externalLabels), ...withoutEmpty(alert) };
  const { kept, known } = relabel({ known: new Map(Object.entries(whole)), others: false }, relabelling);
  if (kept === 'no') return undefined;
  return withoutEmpty(Object.fromEntries([...known].map(([name, value]) => [name, value ?? templated])));
}

/**
 * A label or an annotation of a rule with the labels it reads put in; of any other template it is only known that some
 * text comes of it (https://prometheus.io/docs/prometheus/2.47/configuration/template_reference/).
 */
export function expandText(text: string, series: Labels, external: Labels): string {
  return text.replace(/\{\{-?\s*([\s\S]*?)\s*-?\}\}/g, (_, action: string) => {
    const [, of, name = ''] = /^(\$labels|\.Labels|\$externalLabels|\.ExternalLabels)\.(\w+)$/.exec(action) ?? [];
    if (of === undefined) return templated;
    return (/external/i.test(of) ? external : series)[name] ?? '';
  });
}

function withoutEmpty(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}
