import { durationSeconds } from '../model/duration.ts';
import type { AlertRule, PrometheusConfig, RecordingRule, RuleGroup } from '../model/prometheus.ts';
import { type Stack, serviceByHost } from '../model/stack.ts';
import { member } from '../query/member.ts';
import { treeOf } from '../query/promql.ts';
import { type Expr, nodesOf } from '../query/promql-tree.ts';
import { reachable } from './labels.ts';
import type { AlertUnderTest, Target } from './under-test.ts';
import type { Recorded } from './world.ts';

/** An alerting rule of a stack, ready to be tested; `unreadable` says why it cannot be. */
export type StackAlert = { readonly rule: AlertRule; readonly group: RuleGroup } & (
  | { readonly under: AlertUnderTest }
  | { readonly unreadable: string }
);

interface Recording extends Recorded {
  readonly name: string;
  readonly raw: unknown;
}

/** Every alerting rule of a server, in file order. */
export function alertsUnderTest(stack: Pick<Stack, 'services'>, config: PrometheusConfig): StackAlert[] {
  const recordings = recordingsOf(config);
  const recorded = new Map<string, Recording[]>();
  for (const one of recordings) recorded.set(one.name, [...(recorded.get(one.name) ?? []), one]);
  const targets = targetsOf(stack, config);
  const service = stack.services.find(({ name }) => name === config.service);
  const receives = service?.command.some(({ value }) => value.includes('remote-write-receiver')) ?? false;
  return config.ruleGroups.flatMap((group) =>
    group.rules.flatMap((rule): StackAlert[] => {
      if (rule.kind !== 'alert') return [];
      const expr = treeOf(rule.expr.value);
      if (expr === undefined)
        return [{ rule, group, unreadable: 'its expression is not one that Prometheus 2.47 takes' }];
      const raw = rawOf(config, rule);
      if (raw === undefined) return [{ rule, group, unreadable: 'its text in the rule file was not found again' }];
      const trees = new Set(reachable({ expr, recorded }));
      const needed = recordings.filter((one) => trees.has(one.expr));
      const { file, order } = ruleFile(group, raw, needed);
      const templates = [...Object.values(rule.labels), ...Object.values(rule.annotations)].join('\n');
      const under: AlertUnderTest = {
        name: rule.name,
        expr,
        text: rule.expr.value,
        for: durationSeconds(rule.for) ?? 0,
        interval: group.interval,
        named: [
          ...new Set([...templates.matchAll(/(?:\$labels|\.Labels)\.([A-Za-z_]\w*)/g)].map(([, label = '']) => label)),
        ],
        recorded,
        targets,
        receives,
        ruleFile: file,
        order,
        externalLabels: config.externalLabels,
        asksQueries: /\bquery\s/.test(templates),
      };
      return [{ rule, group, under }];
    }),
  );
}

/** The recording rules in the order of the files; one that rests on itself is left out: its past cannot be made up. */
function recordingsOf(config: PrometheusConfig): Recording[] {
  const all = config.ruleGroups.flatMap((group) =>
    group.rules.flatMap((rule): Recording[] => {
      const expr = rule.kind === 'record' ? treeOf(rule.expr.value) : undefined;
      return expr === undefined ? [] : [{ name: rule.name, expr, labels: rule.labels, raw: rawOf(config, rule) }];
    }),
  );
  const reads = (expr: Expr): string[] =>
    nodesOf(expr).flatMap((node) => (node.kind === 'selector' ? (node.metric ?? []) : []));
  const restsOn = (name: string, seen: Set<string>): boolean =>
    all.some(
      (one) =>
        one.name === name && reads(one.expr).some((read) => seen.has(read) || restsOn(read, new Set([...seen, read]))),
    );
  return all.filter(({ name, raw }) => raw !== undefined && !restsOn(name, new Set([name])));
}

/** Each recording rule is a group of its own, after those it rests on: what is recorded is there when it is asked for. */
function ruleFile(group: RuleGroup, raw: unknown, needed: readonly Recording[]): { file: string; order: string[] } {
  const names = needed.map((_, index) => `stackproof-recording-${index}`);
  const recorded = needed.map(({ raw: rule }, index) => ({ name: names[index], rules: [rule] }));
  const groups = [...recorded, { name: group.name, rules: [raw] }];
  const depth = (one: Recording): number =>
    Math.max(0, ...needed.filter((other) => other !== one && reads(one, other)).map((other) => 1 + depth(other)));
  const order = needed
    .map((one, index) => ({ name: names[index] ?? '', depth: depth(one) }))
    .sort((a, b) => a.depth - b.depth);
  return { file: JSON.stringify({ groups }), order: [...order.map(({ name }) => name), group.name] };
}

function reads(one: Recording, other: Recording): boolean {
  return nodesOf(one.expr).some((node) => node.kind === 'selector' && node.metric === other.name);
}

/** The rule as its file has it, with whatever keys it is written. */
function rawOf(config: PrometheusConfig, { at }: AlertRule | RecordingRule): unknown {
  return member(config.contents.get(at.file), ...(at.pointer ?? []));
}

/** The targets that are written down; of a job that discovers others there is one of which only the job is known. */
function targetsOf(stack: Pick<Stack, 'services'>, { scrapeJobs }: PrometheusConfig): Target[] {
  return scrapeJobs.flatMap(({ name, interval, targets, filesRead, discovery }) => {
    const written = targets.map(({ address, host, labels }): Target => {
      const product = serviceByHost(stack, host)?.product;
      const own = { job: name, instance: address, ...labels };
      return { labels: own, interval, ...(product === undefined ? {} : { product }) };
    });
    const isWhole = discovery.length === 0 || (filesRead && discovery.every((kind) => kind === 'file_sd_configs'));
    return isWhole ? written : [...written, { labels: { job: name }, interval }];
  });
}
