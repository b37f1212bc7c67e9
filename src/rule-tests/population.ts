import { takes } from '../query/promql-selector.ts';
import type { Aggregate } from '../query/promql-tree.ts';
import type { Labels } from '../query/routing.ts';
import { keyOf } from './evaluate/value.ts';
import { type Asked, askedSeries, reachable } from './labels.ts';
import { wordsMatching } from './regex-words.ts';
import type { AlertUnderTest } from './under-test.ts';
import { type Use, type Used, usesOf } from './uses.ts';
import { isMeant } from './world.ts';

/** Series that run alike; what is tried for one of them is tried for all. */
export interface Group {
  readonly metric: string;
  readonly uses: readonly Use[];
  /** `asked` of a selector, a `copy` of what is asked, or an `other` that a wider selector means and a narrower does not. */
  readonly role: 'asked' | 'copy' | 'other';
  /** Indices of the series. A histogram has a member for each bound. */
  readonly members: readonly number[];
  /** The upper bounds of the members where they are buckets. */
  readonly bounds?: readonly number[];
}

/** The series of a test and their groups. */
export interface Population {
  readonly series: readonly Labels[];
  readonly groups: readonly Group[];
}

const bounds = [0.001, 0.01, 0.1, 0.5, 1, 5, 10, 100, 1e3, 1e4, 1e5, 1e6, Number.POSITIVE_INFINITY];

/** More series of a kind are not made. */
export const mostCopies = 200;

/** Ways to populate the world of an alert, the plainest first; aggregations may need several series of a kind. */
export function populations(alert: AlertUnderTest, thresholds: readonly number[]): Population[] {
  const asked = askedSeries(alert);
  const used = reachable(alert).flatMap(usesOf);
  const plain = populate(asked, used, undefined);
  const varied = asked.flatMap(({ selector }) => variable(used.find((one) => one.selector === selector)));
  const counts = [1, ...thresholds.filter((one) => one >= 1 && one <= mostCopies).map((one) => Math.ceil(one)), 9];
  const copied = [...new Set(varied)].flatMap((label) =>
    [...new Set(counts)].map((count) => populate(asked, used, { label, count })),
  );
  return [plain, ...copied];
}

/** Labels whose values may be several where series are aggregated: those that tell groups apart first. */
function variable(used: Used | undefined): string[] {
  const [inner, ...outer] = used?.aggregates ?? [];
  if (inner === undefined) return [];
  const kept = outer.length > 0 ? keptLabels(inner) : [];
  return [
    ...kept,
    isDropped(inner, 'instance') ? 'instance' : 'copy',
    ...(inner.op === 'topk' || inner.op === 'bottomk' ? ['instance'] : []),
  ];
}

function keptLabels({ grouping, labels }: Aggregate): readonly string[] {
  return grouping === 'by' ? labels : [];
}

function isDropped({ grouping, labels }: Aggregate, label: string): boolean {
  return labels.includes(label) === (grouping === 'without');
}

function populate(
  asked: readonly Asked[],
  used: readonly Used[],
  copies: { label: string; count: number } | undefined,
): Population {
  const series: Labels[] = [];
  const groups: Group[] = [];
  const known = new Map<string, { uses: Use[]; group: number }>();
  const add = (labels: Labels, uses: readonly Use[], role: Group['role'], more: readonly Labels[] = []): void => {
    const key = keyOf(labels);
    const before = known.get(key);
    if (before !== undefined) {
      before.uses.push(...uses);
      return;
    }
    const metric = labels['__name__'] ?? '';
    const isHistogram = metric.endsWith('_bucket') && labels['le'] === undefined;
    const own = [labels, ...more].flatMap((one) =>
      isHistogram ? bounds.map((bound) => ({ ...one, le: boundText(bound) })) : [one],
    );
    const shared = [...uses];
    known.set(key, { uses: shared, group: groups.length });
    groups.push({
      metric,
      uses: shared,
      role,
      members: own.map((_, index) => series.length + index),
      ...(isHistogram ? { bounds: own.map((_, index) => bounds[index % bounds.length] ?? 0) } : {}),
    });
    series.push(...own);
  };
  for (const one of asked) {
    const mine = used.find(({ selector }) => selector === one.selector);
    add(one.labels, mine?.uses ?? ['raw'], 'asked');
    if (copies !== undefined && (mine?.aggregates.length ?? 0) > 0) {
      const [first, ...rest] = copiesOf(one, copies.label, copies.count);
      if (first !== undefined) add(first, mine?.uses ?? ['raw'], 'copy', rest);
    }
  }
  for (const one of asked)
    for (const other of others(one, asked))
      add(other, used.find(({ selector }) => selector === one.selector)?.uses ?? ['raw'], 'other');
  return { series, groups };
}

function boundText(bound: number): string {
  return bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound);
}

function copiesOf({ labels, matchers }: Asked, label: string, count: number): Labels[] {
  const asks = matchers.filter((matcher) => matcher.label === label);
  const words = asks.filter(({ op }) => op === '=~').flatMap(({ value }) => wordsMatching(value, `${label}-x`));
  const made = Array.from({ length: count }, (_, index) => `${labels[label] ?? label}-${index + 2}`);
  const fits = [...made, ...words].filter(
    (value) => value !== labels[label] && asks.every((matcher) => takes(matcher, value)),
  );
  return fits.slice(0, count).map((value) => ({ ...labels, [label]: value }));
}

/** Series that a selector means and a narrower one of the same metric does not. */
function others({ selector, labels, matchers }: Asked, asked: readonly Asked[]): Labels[] {
  return asked.flatMap((narrow): Labels[] => {
    if (narrow.selector === selector || narrow.labels['__name__'] !== labels['__name__']) return [];
    for (const matcher of narrow.matchers) {
      const { label } = matcher;
      const mine = matchers.filter((one) => one.label === label);
      const away = ['other', 'another', '200', '0'].find(
        (value) => !takes(matcher, value) && mine.every((one) => takes(one, value)),
      );
      const other = away === undefined ? undefined : { ...labels, [label]: away };
      if (other !== undefined && isMeant(other, selector) && !isMeant(other, narrow.selector)) return [other];
    }
    return [];
  });
}
