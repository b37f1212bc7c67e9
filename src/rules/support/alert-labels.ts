import type { AlertRule, PrometheusConfig } from '../../model/prometheus.ts';
import { alertRules } from '../../model/prometheus.ts';
import { resultLabels } from '../../query/promql-labels.ts';
import { resultValues } from '../../query/promql-values.ts';
import { isTemplate } from '../../query/template-labels.ts';
import { listAt, textValue } from '../../read/values.ts';
import { relabelled } from './alert-relabelling.ts';
import { remembered } from './remembered.ts';

/** The values a label of an alert can have before it fires; `''` stands for an absent label, undefined for any value. */
export type AlertLabels = (label: string) => readonly string[] | undefined;

const absent: readonly string[] = [''];

/** What an alert may have, and what it has by all appearance: no label that only rules set and its own does not. */
export interface LabelsOfAlert {
  readonly labels: AlertLabels;
  readonly likely: AlertLabels;
}

/**
 * The labels Prometheus sends with an alert, as far as the files fix them: those of its rule, what the expression keeps
 * and asks for, the external labels where the alert has none of that name, and then the relabelling on the way
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#alert_relabel_configs).
 */
export function labelsOfAlert(rule: AlertRule, prometheus: PrometheusConfig): LabelsOfAlert {
  const steps = listAt(prometheus.value, 'alerting', 'alert_relabel_configs');
  const own = (label: string): readonly string[] | undefined => ownValues(rule, label);
  const seeming = (label: string): readonly string[] | undefined =>
    own(label) ?? (isOfRules(rule, prometheus, label) ? absent : undefined);
  return {
    labels: relabelled((label) => withExternal(prometheus, label, own(label)), steps),
    likely: relabelled((label) => withExternal(prometheus, label, seeming(label)), steps),
  };
}

function withExternal(
  { externalLabels }: PrometheusConfig,
  label: string,
  own: readonly string[] | undefined,
): readonly string[] | undefined {
  const added = Object.hasOwn(externalLabels, label) ? (externalLabels[label] ?? '') : '';
  if (added === '' || own === undefined || !own.includes('')) return own;
  // A reference to a variable is only known where Prometheus runs.
  return added.includes('$') ? undefined : [...own.filter((one) => one !== ''), added];
}

/** Whether rules give a label and nothing else is seen to: not the targets, and not what this rule reads. */
function isOfRules(rule: AlertRule, prometheus: PrometheusConfig, label: string): boolean {
  const targets = targetLabels(prometheus);
  if (targets === undefined || targets.has(label) || !labelsOfRules(prometheus).has(label)) return false;
  return !mentions(rule, label);
}

/** Whether a rule speaks of a label in its expression or in a template. */
export function mentions(rule: AlertRule, label: string): boolean {
  return hasText(rule, label) && wordsOfRule(rule).has(label);
}

/** Whether the text of a label stands anywhere at all: most do not, and need no closer look. */
function hasText({ expr, annotations, labels }: AlertRule, label: string): boolean {
  const holds = (text: string): boolean => text.includes(label);
  return holds(expr.value) || Object.values(annotations).some(holds) || Object.values(labels).some(holds);
}

const wordsOfRule = remembered(({ expr, annotations, labels }: AlertRule): ReadonlySet<string> => {
  const templates = [...Object.values(annotations), ...Object.values(labels)].flatMap(
    (text) => text.match(/\{\{[\s\S]*?\}\}/g) ?? [],
  );
  return new Set([expr.value, ...templates].flatMap((text) => text.match(/[a-zA-Z_]\w*/g) ?? []));
});

/** The labels that alerting rules of a server set. */
const labelsOfRules = remembered((prometheus: PrometheusConfig): ReadonlySet<string> => {
  return new Set(alertRules(prometheus).flatMap(({ labels }) => Object.keys(labels)));
});

/** The labels that targets have by the configuration; undefined where something outside may give them any. */
export const targetLabels = remembered((prometheus: PrometheusConfig): ReadonlySet<string> | undefined => {
  const labels = new Set(['job', 'instance', '__name__']);
  for (const job of prometheus.scrapeJobs) {
    if (job.discovery.length > 0) return undefined;
    for (const target of job.targets) for (const label of Object.keys(target.labels)) labels.add(label);
    const steps = [...listAt(job.value, 'relabel_configs'), ...listAt(job.value, 'metric_relabel_configs')];
    for (const one of steps) {
      if (textValue(one, 'action') === 'labelmap') return undefined;
      labels.add(textValue(one, 'target_label') ?? '');
    }
  }
  return labels;
});

function ownValues(rule: AlertRule, label: string): readonly string[] | undefined {
  if (label === 'alertname') return isTemplate(rule.name) ? undefined : [rule.name];
  if (Object.hasOwn(rule.labels, label)) {
    const written = rule.labels[label] ?? '';
    return isTemplate(written) ? undefined : [written];
  }
  const all = resultLabels(rule.expr.value);
  if (label === '__name__' || (all !== undefined && !all.has(label))) return absent;
  return resultValues(rule.expr.value).get(label);
}
