import { messageOf, type Verdict } from '../../src/index.ts';
import type { Batch, Case } from './prove.ts';

/** Cases of the first phase wait far more than they work. */
const sideBySide = 64;

/**
 * Runs cases and gives a verdict for each, in the order they were stated: first those that disturb nobody, side by side,
 * then the others one by one. `ended` is told of each when it is done.
 */
export async function runCases(batches: readonly Batch[], ended: (verdict: Verdict) => void): Promise<Verdict[]> {
  const verdicts = new Map<Case, Verdict>();
  const one = async (asked: Case, within: number): Promise<void> => {
    const verdict = await verdictOf(asked, within);
    verdicts.set(asked, verdict);
    ended(verdict);
  };
  const waiting = batches
    .filter(({ together }) => together)
    .flatMap(({ cases, within }) => cases.map((asked) => () => one(asked, within)));
  const turns = waiting.values();
  await Promise.all(
    Array.from({ length: sideBySide }, async () => {
      for (const turn of turns) await turn();
    }),
  );
  for (const { cases, within } of batches.filter(({ together }) => !together))
    for (const asked of cases) await one(asked, within);
  return batches.flatMap(({ cases }) => cases.flatMap((asked) => verdicts.get(asked) ?? []));
}

/** What a case found as a verdict: one that throws or never ends broke, and a pass that looked at nothing is none. */
async function verdictOf({ claim, look }: Case, within: number): Promise<Verdict> {
  const start = performance.now();
  const { id, suite, subject } = claim;
  const verdict = (more: Pick<Verdict, 'outcome' | 'looked' | 'cause' | 'seen' | 'note'>): Verdict => {
    const seconds = (performance.now() - start) / 1_000;
    return { claim: id, suite, subject, seconds, ...more };
  };
  try {
    const found = await ofTime(look(), within);
    if ('unknown' in found) return verdict({ outcome: 'unknown', looked: 0, cause: found.unknown });
    const { looked, problems, seen, note } = found;
    if (problems.length > 0) return verdict({ outcome: 'fail', looked, cause: problems.join('\n') });
    if (looked === 0) return verdict({ outcome: 'fail', looked, cause: 'a case that looks at nothing proves nothing' });
    return verdict({ outcome: 'pass', looked, ...(seen && { seen }), ...(note && { note }) });
  } catch (problem) {
    return verdict({ outcome: 'error', looked: 0, cause: messageOf(problem) });
  }
}

async function ofTime<T>(work: Promise<T>, within: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the case did not end within ${within / 1_000} s`)), within);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
