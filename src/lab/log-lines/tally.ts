/** A line as a log store gives it back: nanoseconds since 1970, and the text. */
export interface SeenLine {
  readonly ns: bigint;
  readonly line: string;
}

/** What became of the lines 1…n: those that never came, those that came more than once, and whether the order held. */
export interface Tally {
  readonly seen: number;
  readonly missing: readonly number[];
  readonly twice: readonly number[];
  /** The first line that stands before one with a smaller number. */
  readonly outOfOrder?: number;
}

/** The lines 1…`count` that carry `token`, told by their numbers; one entry may hold several (a multiline stage joins them). */
export function tally(lines: readonly SeenLine[], token: string, count: number): Tally {
  const sorted = lines.toSorted((a, b) => (a.ns < b.ns ? -1 : a.ns > b.ns ? 1 : 0));
  const numbers = sorted.flatMap(({ ns, line }) =>
    [...line.matchAll(new RegExp(`${token}-(\\d+)`, 'g'))].map((match) => ({ ns, number: Number(match[1]) })),
  );
  const times = new Map<number, number>();
  for (const { number } of numbers) times.set(number, (times.get(number) ?? 0) + 1);
  const all = Array.from({ length: count }, (_, index) => index + 1);
  // Lines of one moment have no order among them.
  const late = numbers.find(({ ns, number }, index) => {
    const before = numbers[index - 1];
    return before !== undefined && before.ns < ns && before.number > number;
  });
  return {
    seen: times.size,
    missing: all.filter((number) => !times.has(number)),
    twice: all.filter((number) => (times.get(number) ?? 0) > 1),
    ...(late === undefined ? {} : { outOfOrder: late.number }),
  };
}

/** What is wrong, in words; empty where every line came once and in order. */
export function tallyProblems({ missing, twice, outOfOrder }: Tally, count: number, where: string): string[] {
  const some = (numbers: readonly number[]): string =>
    `${numbers.slice(0, 5).join(', ')}${numbers.length > 5 ? ', …' : ''}`;
  return [
    ...(missing.length > 0 ? [`${missing.length} of ${count} lines are missing ${where}: ${some(missing)}`] : []),
    ...(twice.length > 0 ? [`${twice.length} of ${count} lines are there twice ${where}: ${some(twice)}`] : []),
    // Lines that were sent again stand among the others anyway.
    ...(outOfOrder !== undefined && twice.length === 0 ? [`line ${outOfOrder} comes after a later one ${where}`] : []),
  ];
}
