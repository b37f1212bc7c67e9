import { knownMetric, type Metric } from '../../../catalog/catalog.ts';
import { bare, type Call, childrenOf, comparisons, type Expr, nodesOf } from '../../../query/promql-tree.ts';
import { quote } from '../quote.ts';
import type { Site } from './sites.ts';
import type { Problem } from './told.ts';

const ofCounters = new Set(['rate', 'irate', 'increase']);
const ofGauges = new Set(['delta', 'idelta', 'deriv', 'predict_linear', 'holt_winters']);
/** Exposed as gauges, and counting all the same. */
const countingGauges = /_total$|_stat_|^prometheus_.*timestamp|^node_(?:zfs|bcache|btrfs|drbd)_/;

/** Functions of counters asked of gauges, the other way round, and quantiles of what has no buckets. */
export function unfitFunctions(site: Site): Problem[] {
  return site.nodes.flatMap((node): Problem[] => {
    if (node.kind !== 'call') return [];
    if (node.name === 'histogram_quantile') return unbucketed(site, node);
    const metric = rangedMetric(site, node);
    if (metric === undefined) return [];
    const shared = {
      span: node.span,
      what: `"${node.name}" of metric ${quote(metric.name)}`,
      severity: 'warning' as const,
    };
    const facts = { function: node.name, metric: metric.name, type: metric.kind };
    const key = `${node.name} ${metric.name}`;
    if (ofCounters.has(node.name) && metric.kind === 'gauge' && !countingGauges.test(metric.name)) {
      const wrong = 'takes a gauge for a counter';
      const follows = 'so every fall of the value counts as a restart from zero';
      return [{ ...shared, key, wrong, follows, hint: 'Take "delta", "deriv" or "changes"', facts }];
    }
    if (ofGauges.has(node.name) && isCounter(metric)) {
      const wrong = 'takes a counter for a gauge';
      const follows = 'so every restart of the process shows as a fall';
      return [{ ...shared, key, wrong, follows, hint: 'Take "rate" or "increase"', facts }];
    }
    return [];
  });
}

/** What a function looks at over time, where it is known and no rule of the server makes it. */
function rangedMetric({ server }: Site, { args }: Call): Metric | undefined {
  const ranged = args.map(bare).find((arg) => arg.kind === 'matrix');
  const name = ranged?.kind === 'matrix' ? ranged.selector.metric : undefined;
  return name === undefined || server.recordings.has(name) ? undefined : knownMetric(name);
}

function isCounter({ kind }: Metric): boolean {
  return kind === 'counter' || kind === 'part';
}

function unbucketed({ server }: Site, { args, span }: Call): Problem[] {
  const [, inner] = args;
  const selectors = inner === undefined ? [] : nodesOf(inner).filter((node) => node.kind === 'selector');
  return selectors.flatMap(({ metric: name = '' }): Problem[] => {
    const metric = server.recordings.has(name) ? undefined : knownMetric(name);
    if (metric === undefined || name.endsWith('_bucket')) return [];
    return [
      {
        key: `histogram_quantile ${name}`,
        span,
        what: `"histogram_quantile" of metric ${quote(name)}`,
        wrong: 'has no buckets to look at',
        follows: 'so it has no result',
        severity: 'warning',
        hint: metric.kind === 'histogram' ? `Write "${name}_bucket"` : 'Take the buckets of a histogram',
        facts: { metric: name, type: metric.kind },
      },
    ];
  });
}

/** Quantiles of buckets whose label "le" an aggregation takes away. */
export function lostBuckets(site: Site): Problem[] {
  return site.nodes.flatMap((node): Problem[] => {
    if (node.kind !== 'call' || node.name !== 'histogram_quantile') return [];
    const [, argument] = node.args;
    const inner = argument === undefined ? undefined : bare(argument);
    if (inner?.kind !== 'aggregate' || !losesLe(inner) || !isOfBuckets(inner)) return [];
    const { op, grouping, span } = inner;
    return [
      {
        key: `le ${op}`,
        span,
        what: `"${op}" below "histogram_quantile"`,
        wrong: `takes the label "le" away`,
        follows: 'so there are no buckets left and the result is empty',
        hint: grouping === 'without' ? 'Take "le" out of "without"' : 'Put "le" into "by"',
        facts: { aggregation: op },
        ...(isWhole(site, node) ? {} : { severity: 'warning' as const }),
      },
    ];
  });
}

/** A native histogram has its buckets within. */
function isOfBuckets(expr: Expr): boolean {
  return nodesOf(expr).some((node) => node.kind === 'selector' && node.metric?.endsWith('_bucket') === true);
}

function losesLe({ op, grouping, labels }: Extract<Expr, { kind: 'aggregate' }>): boolean {
  if (op === 'topk' || op === 'bottomk' || op === 'count_values') return false;
  return grouping === 'without' ? labels.includes('le') : !labels.includes('le');
}

/** Whether an alert has no result where a node has none: only comparisons and arithmetic stand above it. */
function isWhole({ kind, expr }: Site, node: Expr): boolean {
  if (kind !== 'alert') return false;
  let here = bare(expr);
  while (here !== node) {
    if (here.kind !== 'binary' || here.op === 'or' || here.op === 'unless') return false;
    const [left, right] = [bare(here.left), bare(here.right)];
    here = nodesOf(left).includes(node) ? left : right;
    if (!nodesOf(here).includes(node)) return false;
  }
  return true;
}

/** Counters that are compared as they are: they only ever grow, until the process starts anew. */
export function rawCounters(site: Site): Problem[] {
  if (site.kind !== 'alert') return [];
  return site.nodes.flatMap((node): Problem[] => {
    if (node.kind !== 'binary' || node.bool || !comparisons.has(node.op)) return [];
    const [left, right] = [bare(node.left), bare(node.right)];
    const side = right.kind === 'number' ? left : left.kind === 'number' ? right : undefined;
    const name = side === undefined ? undefined : plainMetric(side);
    const metric = name === undefined || site.server.recordings.has(name) ? undefined : knownMetric(name);
    if (name === undefined || metric === undefined || !isCounter(metric) || /^(?:==|!=)$/.test(node.op)) return [];
    return [
      {
        key: name,
        span: node.span,
        what: `Metric ${quote(name)}`,
        wrong: 'is a counter and compared as it is',
        follows: 'so once over the threshold it stays there until the process restarts',
        hint: 'Compare its "rate" or its "increase"',
        facts: { metric: name },
        severity: 'warning',
      },
    ];
  });
}

/** The one metric behind an expression that only adds up and scales. */
function plainMetric(expr: Expr): string | undefined {
  const node = bare(expr);
  if (node.kind === 'selector') return node.metric;
  if (node.kind === 'aggregate' && node.op !== 'count' && node.op !== 'count_values' && node.op !== 'group')
    return plainMetric(node.expr);
  if (node.kind !== 'binary' || !['*', '+'].includes(node.op)) return undefined;
  const [series] = childrenOf(node).filter((child) => bare(child).kind !== 'number');
  return childrenOf(node).every((child) => bare(child).kind !== 'number') || series === undefined
    ? undefined
    : plainMetric(series);
}
