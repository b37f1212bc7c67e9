import type { PrometheusConfig } from '../model/prometheus.ts';
import type { Stack } from '../model/stack.ts';
import { alertsUnderTest } from './alerts-of.ts';
import type { AlertUnderTest } from './under-test.ts';

/** A rule as a test writes it. */
interface WrittenRule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The alerts of one group of rules, evaluated and scraped every 15 seconds. @throws Error where an expression is not read. */
export function alertsFrom(written: readonly WrittenRule[]): AlertUnderTest[] {
  const at = (index: number, key?: string) => ({
    file: 'r.yml',
    pointer: ['groups', 0, 'rules', index, ...(key ? [key] : [])],
  });
  const rules = written.map((rule, index) => {
    const { expr, labels = {}, annotations = {} } = rule;
    const base = {
      name: rule.alert ?? rule.record ?? '',
      expr: { value: expr, at: at(index, 'expr') },
      labels,
      at: at(index),
    };
    if (rule.alert === undefined) return { ...base, kind: 'record' as const };
    return { ...base, kind: 'alert' as const, for: rule.for ?? '0s', annotations };
  });
  const group = { name: 'g', file: 'r.yml', at: { file: 'r.yml' }, interval: 15, rules };
  const target = { address: 'a:9100', host: 'a', port: 9100, labels: { zone: 'z' }, at: at(0) };
  const job = {
    name: 'node',
    at: at(0),
    interval: 15,
    timeout: 10,
    metricsPath: '/metrics',
    scheme: 'http',
    targets: [target],
    discovery: [],
    filesRead: true,
    relabelled: false,
    value: {},
  };
  const config: PrometheusConfig = {
    service: 'prometheus',
    value: {},
    scrapeInterval: 15,
    evaluationInterval: 15,
    externalLabels: { site: 'here' },
    scrapeJobs: [job],
    ruleFiles: [],
    jobFiles: [],
    targetFiles: [],
    contents: new Map([['r.yml', { groups: [{ name: 'g', rules: written }] }]]),
    ruleGroups: [group],
    alertmanagers: [],
  };
  const stack: Pick<Stack, 'services'> = { services: [] };
  return alertsUnderTest(stack, config).map((one) => {
    if ('unreadable' in one) throw new Error(`${one.rule.name}: ${one.unreadable}`);
    return one.under;
  });
}
