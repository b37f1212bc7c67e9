import { hasLabel, knownMetric, productOfMetric } from '../catalog/catalog.ts';
import type { Matcher } from '../model/alertmanager.ts';
import { takes } from '../query/promql-selector.ts';
import { type Expr, nodesOf, type VectorSelector } from '../query/promql-tree.ts';
import type { Labels } from '../query/routing.ts';
import { type Flow, need, recordingsOf, settle } from './label-flow.ts';
import { wordsMatching } from './regex-words.ts';
import type { AlertUnderTest, Target } from './under-test.ts';

/** A selector of series that are scraped, what is asked of their labels, and the labels they get. */
export interface Asked {
  readonly selector: VectorSelector;
  readonly matchers: readonly Matcher[];
  readonly labels: Labels;
}

/** Rounds in which labels find their way from one side of an operator to the other. */
const rounds = 4;
/** Where nothing is scraped: what is tested came by another way. */
const usualInterval = 15;

/**
 * The series that an alert's selectors ask for, each with labels that satisfy its matchers and let the sides of operators
 * find each other; those of a scrape are the stack's own where the matchers leave them free.
 */
export function askedSeries(alert: AlertUnderTest): Asked[] {
  const trees = reachable(alert);
  const matchers = constraints(alert, trees);
  const [target] = fittingTargets(alert, matchers);
  const ofTargets = new Set([...matchers].flatMap(([selector, asked]) => foreign(selector, asked)));
  const flow: Flow = {
    names: new Map([...matchers].map(([selector, asked]) => [selector, ownNames(selector, asked, target)])),
    recorded: alert.recorded,
    may: (selector, label) => ofTargets.has(label) || mayHave(selector, matchers.get(selector) ?? [], label),
  };
  for (const label of alert.named) need(flow, alert.expr, label);
  for (const tree of trees) groupingLabels(flow, tree);
  for (let round = 0; round < rounds; round += 1)
    for (const tree of trees) for (const node of nodesOf(tree)) if (node.kind === 'binary') settle(flow, node);
  const values = valueChooser([...matchers.values()].flat(), target);
  return [...matchers].map(([selector, asked]) => {
    const names = ['__name__', ...(flow.names.get(selector) ?? [])];
    const pairs = names.map(
      (name) =>
        [
          name,
          name === '__name__' && selector.metric !== undefined ? selector.metric : values(selector, asked, name),
        ] as const,
    );
    return { selector, matchers: asked, labels: Object.fromEntries(pairs.filter(([, value]) => value !== '')) };
  });
}

/** The alert's expression and those of the recording rules it rests on. */
export function reachable({ expr, recorded }: Pick<AlertUnderTest, 'expr' | 'recorded'>): Expr[] {
  const trees = [expr];
  for (let index = 0; index < trees.length; index += 1) {
    const tree = trees[index];
    if (tree === undefined) break;
    for (const node of nodesOf(tree)) {
      if (node.kind !== 'selector') continue;
      for (const rule of recordingsOf({ recorded }, node)) if (!trees.includes(rule.expr)) trees.push(rule.expr);
    }
  }
  return trees;
}

/** What is asked of the scraped series: by their own selector, and by those of what is recorded of them. */
function constraints(alert: AlertUnderTest, trees: readonly Expr[]): Map<VectorSelector, Matcher[]> {
  const selectors = trees.flatMap((tree) => nodesOf(tree).filter((node) => node.kind === 'selector'));
  const all = new Map(
    selectors.map(
      (selector) =>
        [
          selector,
          selector.matchers.filter(({ label }) => label !== '__name__' || selector.metric === undefined),
        ] as const,
    ),
  );
  for (const [selector, asked] of all) {
    for (const { expr, labels } of recordingsOf(alert, selector)) {
      const passed = asked.filter(({ label }) => label !== '__name__' && labels[label] === undefined);
      for (const node of nodesOf(expr)) {
        const known = node.kind === 'selector' ? all.get(node) : undefined;
        if (known?.every((matcher) => !passed.includes(matcher))) known.push(...passed);
      }
    }
  }
  return new Map([...all].filter(([selector]) => recordingsOf(alert, selector).length === 0));
}

function ownNames({ metric = '' }: VectorSelector, asked: readonly Matcher[], target: Target | undefined): Set<string> {
  const names = new Set(asked.filter(({ label }) => label !== '__name__').map(({ label }) => label));
  if (metric.startsWith('ALERTS')) return names.add('alertname');
  if (!metric.includes(':'))
    for (const name of ['job', 'instance', ...Object.keys(target?.labels ?? {})]) names.add(name);
  for (const label of knownMetric(metric)?.labels ?? []) if (!label.endsWith('*')) names.add(label);
  names.delete('le');
  if (asked.some(({ label, op }) => label === 'le' && op === '=')) names.add('le');
  return names;
}

function mayHave({ metric = '' }: VectorSelector, asked: readonly Matcher[], label: string): boolean {
  if (label === 'le' && metric.endsWith('_bucket')) return false;
  if (asked.some((matcher) => matcher.label === label && matcher.op === '=' && matcher.value === '')) return false;
  const known = knownMetric(metric);
  return known === undefined || ['job', 'instance'].includes(label) || hasLabel(known, label) !== 'no';
}

/** Labels that are asked of a metric which has none of that name: its target must have them, and so all its series. */
function foreign({ metric = '' }: VectorSelector, asked: readonly Matcher[]): string[] {
  const known = knownMetric(metric);
  return known === undefined
    ? []
    : asked.map(({ label }) => label).filter((label) => hasLabel(known, label) === 'no' && label !== '__name__');
}

/** What is grouped by, joined on or taken along must be there. */
function groupingLabels(flow: Flow, tree: Expr): void {
  for (const node of nodesOf(tree))
    if (node.kind === 'aggregate') for (const label of node.labels) need(flow, node.expr, label);
}

/** The targets of the stack of which all that is asked can hold: those of the product that the metrics name, if there are. */
function fittingTargets(
  { targets }: AlertUnderTest,
  asked: ReadonlyMap<VectorSelector, readonly Matcher[]>,
): readonly Target[] {
  const fits = targets.filter(({ labels }) =>
    [...asked.values()].every((matchers) =>
      matchers.every((matcher) => {
        const value = labels[matcher.label];
        return value === undefined || takes(matcher, value);
      }),
    ),
  );
  const products = [...asked.keys()].map(({ metric = '' }) => productOfMetric(metric));
  const own = fits.filter(({ product }) => product !== undefined && products.includes(product));
  return own.length > 0 ? own : fits;
}

/** Seconds between two samples of what an alert asks for: the shortest interval of the targets it can mean. */
export function scrapeInterval(alert: AlertUnderTest): number {
  const fits = fittingTargets(alert, constraints(alert, reachable(alert)));
  const intervals = (fits.length > 0 ? fits : alert.targets).map(({ interval }) => interval);
  return intervals.length === 0 ? usualInterval : Math.min(...intervals);
}

type Chooser = (selector: VectorSelector, asked: readonly Matcher[], label: string) => string;

/** One value for each label that suits all selectors, where there is one; else one that suits the selector. */
function valueChooser(all: readonly Matcher[], target: Target | undefined): Chooser {
  const shared = new Map<string, string | undefined>();
  const candidates = (label: string): string[] => {
    const filler = label === '__name__' ? 'a_metric' : `${label}-1`;
    const mine = all.filter((matcher) => matcher.label === label && matcher.value !== '');
    const equal = mine.filter(({ op }) => op === '=').map(({ value }) => value);
    const words = mine.filter(({ op }) => op === '=~').flatMap(({ value }) => wordsMatching(value, filler));
    return [
      ...(target?.labels[label] === undefined ? [] : [target.labels[label]]),
      ...equal,
      ...words,
      filler,
      `${label}-2`,
    ];
  };
  const fits = (matchers: readonly Matcher[], label: string, value: string): boolean =>
    value !== '' && matchers.every((matcher) => matcher.label !== label || takes(matcher, value));
  return ({ metric = '' }, asked, label) => {
    if (asked.some((matcher) => matcher.label === label && matcher.op === '=' && matcher.value === '')) return '';
    const listed = knownMetric(metric)?.values[label] ?? [];
    if (!shared.has(label))
      shared.set(
        label,
        [...listed, ...candidates(label)].find((value) => fits(all, label, value)),
      );
    const common = shared.get(label);
    if (common !== undefined) return common;
    return [...candidates(label), ...listed].find((value) => fits(asked, label, value)) ?? '';
  };
}
