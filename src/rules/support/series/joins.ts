import type { Matching } from '../../../query/promql-tree.ts';
import type { Series } from './sample.ts';

/** Why two series never find each other: the label, and what each side has there. */
export interface Conflict {
  readonly label: string;
  readonly left?: string;
  readonly right?: string;
}

/** The label that keeps two series apart; undefined where they may find each other. */
export function conflictOf(left: Series, right: Series, { on, labels }: Matching): Conflict | undefined {
  const names = on === true ? labels : [...new Set([...left.labels.keys(), ...right.labels.keys()])];
  for (const label of names) {
    if (on !== true && labels.includes(label)) continue;
    const [one, other] = [stateOf(left, label), stateOf(right, label)];
    if (!isApart(one, other)) continue;
    return { label, ...shown('left', one), ...shown('right', other) };
  }
  return undefined;
}

/** A label's value; `some` where there is one that nobody knows, `none` where there is no such label, or nothing known. */
type State = { readonly value: string } | 'some' | 'none' | undefined;

function stateOf({ labels, others, begins, firm }: Series, label: string): State {
  if (labels.has(label)) {
    const value = labels.get(label);
    return value !== undefined ? { value } : firm.has(label) ? 'some' : undefined;
  }
  return others || begins.some((start) => label.startsWith(start)) ? undefined : 'none';
}

function isApart(one: State, other: State): boolean {
  if (one === undefined || other === undefined) return false;
  if (one === 'none' || other === 'none') return one !== other;
  return typeof one === 'object' && typeof other === 'object' && one.value !== other.value;
}

function shown(side: 'left' | 'right', state: State): { readonly left?: string; readonly right?: string } {
  return typeof state === 'object' ? { [side]: state.value } : {};
}

const fewSeries = 12;

/** Series with only some labels. */
export function project(series: Series, labels: readonly string[]): Series {
  const kept = labels
    .filter((label) => canHave(series, label))
    .map((label) => [label, series.labels.get(label)] as const);
  return { ...series, labels: new Map(kept), others: false, begins: [] };
}

/** Series without some labels. */
export function without(series: Series, labels: readonly string[]): Series {
  return { ...series, labels: new Map([...series.labels].filter(([label]) => !labels.includes(label))) };
}

/** Series with a label whose value nobody knows. */
export function withLabels(series: Series, labels: readonly string[]): Series {
  return { ...series, labels: new Map([...series.labels, ...labels.map((label) => [label, undefined] as const)]) };
}

/** Whether series can have a label. */
export function canHave({ labels, others, begins }: Series, label: string): boolean {
  return labels.has(label) || others || begins.some((start) => label.startsWith(start));
}

/** Each of several series once; of a few it is not worth the looking. */
export function distinct(series: readonly Series[]): readonly Series[] {
  if (series.length <= fewSeries) return series;
  const seen = new Map<string, Series>();
  for (const one of series) {
    const key = `${one.others}${[...one.labels]
      .map(([label, value]) => `\n${label}=${value}`)
      .sort()
      .join('')}`;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}
