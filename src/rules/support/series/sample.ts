import type { Metric } from '../../../catalog/catalog.ts';
import type { Matcher } from '../../../model/alertmanager.ts';
import { takes } from '../../../query/promql-selector.ts';
import { relabel } from '../../../query/relabel.ts';
import type { Scraped } from './targets.ts';

/** The labels of the series that one producer gives under one name. */
export interface Series {
  /** Every label by name; undefined where the files do not tell its value. */
  readonly labels: ReadonlyMap<string, string | undefined>;
  /** There may be labels besides. */
  readonly others: boolean;
  /** Beginnings of labels there may be besides. */
  readonly begins: readonly string[];
  /** Values of a label, where there can be no others. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** Labels of the metric that no sample is without. */
  readonly firm: ReadonlySet<string>;
}

/** A placeholder for what only a dashboard's reader knows. */
export const variableMark = 'stackproof_variable';

/** The series of a target under a name; `metric` is undefined where nobody knows what it looks like. Undefined: dropped. */
export function scrapedSeries(target: Scraped, name: string, metric: MetricLabels | undefined): Series | undefined {
  const labels = new Map(target.labels.known);
  const free = metric === undefined;
  if (free && target.honorsLabels) for (const label of labels.keys()) labels.set(label, undefined);
  const begins: string[] = [];
  for (const label of metric?.labels ?? []) {
    if (label.endsWith('*')) begins.push(label.slice(0, -1));
    else if (!labels.has(label) || target.honorsLabels) labels.set(label, undefined);
    else labels.set(`exported_${label}`, undefined);
  }
  const others = target.labels.others || free;
  const series = { labels, others, begins, values: metric?.values ?? {}, firm: firmLabels(name, metric) };
  if (target.metricRules.length === 0) return series;
  const known = new Map<string, string | undefined>([...labels, ['__name__', name]]);
  const after = relabel({ known, others: series.others || begins.length > 0 }, target.metricRules);
  if (after.kept === 'no' || (after.known.get('__name__') ?? name) !== name) return undefined;
  const kept = new Map([...after.known].filter(([label]) => !label.startsWith('__')));
  return { ...series, labels: kept, others: series.others || after.known.get('__name__') === undefined };
}

/** cAdvisor leaves out what a cgroup does not have, and what informs may be empty. */
function firmLabels(name: string, metric: MetricLabels | undefined): ReadonlySet<string> {
  const loose =
    metric === undefined || name.endsWith('_info') || /^(?:container|machine|grafana|loki|promtail)_/.test(name);
  return new Set(loose ? [] : metric.labels);
}

/** The part of a metric that decides on its labels. */
export type MetricLabels = Pick<Metric, 'labels' | 'values'>;

/** Whether series can satisfy a matcher. */
export function canMatch(series: Series, matcher: Matcher): 'yes' | 'perhaps' | 'no' {
  const { label, value } = matcher;
  if (label === '__name__' || value.includes(variableMark)) return 'perhaps';
  if (!series.labels.has(label)) {
    if (series.others || series.begins.some((begins) => label.startsWith(begins))) return 'perhaps';
    return takes(matcher, '') ? 'yes' : 'no';
  }
  const known = series.labels.get(label);
  if (known !== undefined) return takes(matcher, known) ? 'yes' : 'no';
  const values = Object.hasOwn(series.values, label) ? series.values[label] : undefined;
  return values === undefined || values.some((one) => takes(matcher, one)) ? 'yes' : 'no';
}
