import { type BootSubject, errorLines, logTail, messageOf, whyExpected } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut } from '../run.ts';
import { comesUp } from './running.ts';

/** Above what any of the seven products logs while it starts. */
const most = 20_000;

/** The log up to now has no error but those that are expected, each for a reason of its own. */
export async function logsNoError({ service }: BootSubject): Promise<Found> {
  const absent = leftOut(service.name);
  if (absent !== undefined) return { unknown: absent };
  // Whether it does come up is another claim; why it does not stands in its log.
  await comesUp(service);
  const { product } = service;
  let log: string;
  try {
    log = await logTail(lab(), service.name, most);
  } catch (problem) {
    return { unknown: `the log cannot be read: ${messageOf(problem)}` };
  }
  const errors = errorLines(log);
  const expected = errors.map((line) => (product === undefined ? undefined : whyExpected(product, line)));
  const unexpected = errors.filter((_, index) => expected[index] === undefined);
  const lines = log.split('\n').length;
  const reasons = [...new Set(expected.filter((why) => why !== undefined))];
  return {
    looked: lines,
    note: [`${lines} lines`, ...reasons.map((why) => `expected: ${why}`)].join('; '),
    problems: [...new Map(unexpected.map((line) => [withoutTimes(line), line])).values()],
  };
}

/** One error that comes again and again is one problem. */
function withoutTimes(line: string): string {
  return line.replace(/\d+/g, '0');
}
