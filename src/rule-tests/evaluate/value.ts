import type { Labels } from '../../query/routing.ts';

/** One element of an instant vector. */
export interface Element {
  readonly labels: Labels;
  readonly value: number;
  /** When the sample was taken, where it is one. */
  readonly time?: number;
}

/** One element of a range vector. */
export interface Points {
  readonly labels: Labels;
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** An expression evaluates to a number, a text, or a vector. */
export type Value = number | string | readonly Element[];

/** Prometheus would refuse to evaluate this, in its words. */
export class EvaluationFailed extends Error {}

/** Something that is not evaluated here. */
export class Unsupported extends Error {}

const keys = new WeakMap<Labels, string>();

/** One text for each set of labels. */
export function keyOf(labels: Labels): string {
  const known = keys.get(labels);
  if (known !== undefined) return known;
  const names = Object.keys(labels).sort();
  const made = names.map((name) => `${name}\u0001${labels[name]}`).join('\u0002');
  keys.set(labels, made);
  return made;
}

/** Labels under some names only. */
export const keep = remembered((labels, names) => {
  const kept: Record<string, string> = {};
  for (const name of names) {
    const value = labels[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
});

/** Labels but for some names. */
export const without = remembered((labels, names) => {
  if (names.every((name) => labels[name] === undefined)) return labels;
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));
});

const nameAlone = ['__name__'];

/** Labels but for the metric's name. */
export function dropName(labels: Labels): Labels {
  return labels['__name__'] === undefined ? labels : without(labels, nameAlone);
}

type Change = (labels: Labels, names: readonly string[]) => Labels;

/** The same labels are changed by the same names of an expression over and over. */
function remembered(change: Change): Change {
  const known = new WeakMap<Labels, Map<readonly string[], Labels>>();
  return (labels, names) => {
    const mine = known.get(labels) ?? new Map<readonly string[], Labels>();
    const before = mine.get(names);
    if (before !== undefined) return before;
    const made = change(labels, names);
    mine.set(names, made);
    known.set(labels, mine);
    return made;
  };
}

/** Labels with one set; an empty value takes it away. */
export function withLabel(labels: Labels, name: string, value: string): Labels {
  const { [name]: _before, ...others } = labels;
  return value === '' ? others : { ...others, [name]: value };
}
