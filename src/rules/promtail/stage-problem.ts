import { jmespathProblem } from '../../query/jmespath.ts';
import { logTemplateProblem } from '../../query/log-templates.ts';
import { parseLogql } from '../../query/logql.ts';
import { flagAt, listAt, mappingAt, textsAt, textValue, valueAt } from '../../read/values.ts';
import type { Stage } from './jobs.ts';
import { wrongKind } from './stage-types.ts';

/** Why Promtail refuses a stage; `route` leads from its configuration to the cause. */
export interface StageProblem {
  readonly message: string;
  readonly route: readonly (string | number)[];
  /** Later versions than 2.9 take it. */
  readonly mended?: boolean;
}

/** Every stage of Promtail 2.9 with the keys it reads (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/stages/). */
export const stageKeys: ReadonlyMap<string, readonly string[] | 'any'> = new Map<string, readonly string[] | 'any'>([
  ['cri', ['max_partial_lines', 'max_partial_line_size', 'max_partial_line_size_truncate']],
  ['decolorize', []],
  ['docker', []],
  ['drop', ['drop_counter_reason', 'source', 'value', 'separator', 'expression', 'older_than', 'longer_than']],
  ['eventlogmessage', ['source', 'drop_invalid_labels', 'overwrite_existing']],
  ['geoip', ['db', 'source', 'db_type']],
  ['json', ['expressions', 'source', 'drop_malformed']],
  ['labelallow', 'any'],
  ['labeldrop', 'any'],
  ['labels', 'any'],
  ['limit', ['rate', 'burst', 'drop', 'by_label_name', 'max_distinct_labels']],
  ['logfmt', ['mapping', 'source']],
  ['match', ['pipeline_name', 'selector', 'stages', 'action', 'drop_counter_reason']],
  ['metrics', 'any'],
  ['multiline', ['firstline', 'max_lines', 'max_wait_time']],
  ['non_indexed_labels', 'any'],
  ['output', ['source']],
  ['pack', ['labels', 'ingest_timestamp']],
  ['regex', ['expression', 'source']],
  ['replace', ['expression', 'source', 'replace']],
  ['sampling', ['drop_counter_reason', 'rate']],
  ['static_labels', 'any'],
  ['structured_metadata', 'any'],
  ['template', ['source', 'template']],
  ['tenant', ['label', 'source', 'value']],
  ['timestamp', ['source', 'format', 'fallback_formats', 'location', 'action_on_failure']],
]);

const required: Readonly<Record<string, readonly string[]>> = {
  geoip: ['db', 'db_type'],
  match: ['selector'],
  output: ['source'],
  regex: ['expression'],
  replace: ['expression'],
  template: ['source'],
  timestamp: ['source', 'format'],
};

/** What Promtail says against the configuration of a stage, regular expressions apart. */
export function stageProblem({ kind, config }: Stage): StageProblem | undefined {
  const wrong = wrongKind(kind, config);
  if (wrong !== undefined) return wrong;
  for (const key of required[kind] ?? [])
    if ((textValue(config, key) ?? '') === '') return { message: `has no "${key}"`, route: [] };
  return checks[kind]?.(config);
}

const checks: Readonly<Record<string, (config: unknown) => StageProblem | undefined>> = {
  json: (config) => {
    const paths = Object.entries(textsAt(config, 'expressions'));
    if (paths.length === 0) return { message: 'has no "expressions"', route: [] };
    for (const [name, path] of paths) {
      const problem = jmespathProblem(path === '' ? name : path);
      if (problem !== undefined)
        return { message: `has an expression that is no JMESPath (${problem})`, route: ['expressions', name] };
    }
    return undefined;
  },
  logfmt: (config) =>
    Object.keys(mappingAt(config, 'mapping')).length === 0 ? { message: 'has no "mapping"', route: [] } : undefined,
  labels: labelNames,
  structured_metadata: labelNames,
  non_indexed_labels: labelNames,
  static_labels: labelNames,
  labelallow: (config) => (listAt(config).length === 0 ? { message: 'names no label', route: [] } : undefined),
  labeldrop: (config) => (listAt(config).length === 0 ? { message: 'names no label', route: [] } : undefined),
  multiline: (config) =>
    textValue(config, 'firstline') === undefined
      ? { message: 'has no "firstline"', route: [] }
      : durationAt(config, 'max_wait_time'),
  timestamp: (config) => {
    const action = textValue(config, 'action_on_failure');
    return action === undefined || action === 'skip' || action === 'fudge'
      ? undefined
      : { message: `has the action "${action}", which is neither "skip" nor "fudge"`, route: ['action_on_failure'] };
  },
  tenant: (config) => {
    const given = ['label', 'source', 'value'].filter((key) => (textValue(config, key) ?? '') !== '');
    if (given.length === 1) return undefined;
    return { message: 'needs exactly one of "label", "source" and "value"', route: [] };
  },
  drop: (config) => {
    const has = (key: string): boolean => (valueAt(config, key) ?? undefined) !== undefined;
    if (!['source', 'expression', 'older_than', 'longer_than'].some(has))
      return { message: 'needs one of "source", "expression", "older_than" and "longer_than"', route: [] };
    // The documentation shows a list too; what Promtail takes is one text.
    if (has('source') && typeof valueAt(config, 'source') !== 'string')
      return {
        message: 'has something other than a text at "source"',
        route: ['source'],
        mended: Array.isArray(valueAt(config, 'source')),
      };
    if (has('value') && !has('source')) return { message: 'has a "value" and no "source"', route: ['value'] };
    if (has('value') && has('expression'))
      return { message: 'has both a "value" and an "expression"', route: ['value'] };
    const longer = textValue(config, 'longer_than');
    if (longer !== undefined && !/^\d+(\.\d+)?[kmgtp]?i?b?$/i.test(longer))
      return { message: `has "longer_than: ${longer}", which is no size`, route: ['longer_than'] };
    return durationAt(config, 'older_than');
  },
  limit: (config) => {
    const positive = (key: string): boolean => valueAt(config, key) === true || Number(textValue(config, key) ?? 0) > 0;
    if (!positive('rate') || !positive('burst'))
      return { message: 'needs a "rate" and a "burst" above zero', route: [] };
    return (textValue(config, 'by_label_name') ?? '') !== '' && flagAt(config, 'drop') !== true
      ? { message: 'counts by label and does not drop, which Promtail refuses', route: ['by_label_name'] }
      : undefined;
  },
  template: (config) => {
    const problem = logTemplateProblem('promtail', textValue(config, 'template') ?? '');
    return problem && { message: `has a template that is none (${problem.message})`, route: ['template'] };
  },
  sampling: (config) => {
    const rate = Number(textValue(config, 'rate') ?? 0);
    return rate >= 0 && rate <= 1
      ? undefined
      : { message: 'has a "rate" that is not between 0 and 1', route: ['rate'] };
  },
  match: (config) => {
    const selector = textValue(config, 'selector') ?? '';
    const [problem] = parseLogql(selector).problems;
    if (problem !== undefined)
      return { message: `has a selector that does not parse (${problem.message})`, route: ['selector'] };
    const action = textValue(config, 'action') || 'keep';
    const stages = listAt(config, 'stages').length;
    if (action !== 'keep' && action !== 'drop')
      return { message: `has the action "${action}", which is neither "keep" nor "drop"`, route: ['action'] };
    if (action === 'keep' && stages === 0) return { message: 'keeps lines and has no stages for them', route: [] };
    return action === 'drop' && stages > 0
      ? { message: 'drops lines and has stages for them', route: ['stages'] }
      : undefined;
  },
  metrics: (config) => {
    for (const [name, metric] of Object.entries(mappingAt(config))) {
      const problem = metricProblem(metric);
      if (problem !== undefined) return { message: `has a metric "${name}" ${problem}`, route: [name] };
    }
    return undefined;
  },
};

const actions: Readonly<Record<string, readonly string[]>> = {
  counter: ['inc', 'add'],
  gauge: ['set', 'inc', 'dec', 'add', 'sub'],
};

function metricProblem(metric: unknown): string | undefined {
  const type = (textValue(metric, 'type') ?? '').toLowerCase();
  if (!/^(counter|gauge|histogram)$/.test(type)) return 'whose type is none of "counter", "gauge" and "histogram"';
  const idle = textValue(metric, 'max_idle_duration');
  if (idle !== undefined && !isGoDuration(idle)) return 'whose "max_idle_duration" is no duration';
  const allowed = actions[type];
  if (allowed === undefined) return undefined;
  const config = valueAt(metric, 'config');
  const action = (textValue(config, 'action') ?? '').toLowerCase();
  if (action === '') return 'without an action';
  if (!allowed.includes(action)) return `whose action is not one of a ${type}`;
  if (type === 'gauge') return undefined;
  const all = flagAt(config, 'match_all') === true;
  if (all && textValue(config, 'value') !== undefined) return 'that matches all and has a value';
  if (flagAt(config, 'count_entry_bytes') !== true) return undefined;
  return all && action === 'add' ? undefined : 'that counts bytes without "match_all" and the action "add"';
}

function labelNames(config: unknown): StageProblem | undefined {
  const wrong = Object.keys(mappingAt(config)).find((name) => !/^[A-Za-z_]\w*$/.test(name));
  return wrong === undefined ? undefined : { message: `makes "${wrong}", which is no name of a label`, route: [wrong] };
}

function durationAt(config: unknown, key: string): StageProblem | undefined {
  const text = textValue(config, key);
  return text === undefined || isGoDuration(text)
    ? undefined
    : { message: `has "${key}: ${text}", which is no duration`, route: [key] };
}

/** A duration as Go writes them: no days, no weeks. */
function isGoDuration(text: string): boolean {
  return /^[-+]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/.test(text);
}
