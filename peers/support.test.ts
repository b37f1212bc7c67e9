import { expect, it } from 'vitest';
import { settle, withGenuine } from './support/agreement.ts';
import { ask } from './support/ask.ts';
import { choices } from './support/samples.ts';

const compared = (subject: number, ours: string, theirs: string) => ({
  subject,
  ours,
  theirs,
  shown: `case ${subject}`,
});

it('settles what agrees, what is explained and what is not', () => {
  const list = [compared(1, 'a', 'a'), compared(2, 'a', 'b'), compared(3, 'a', 'b')];
  const explanations = [
    { why: 'two is odd', covers: ({ subject }: { subject: number }) => subject === 2 },
    { why: 'four is odd', covers: ({ subject }: { subject: number }) => subject === 4 },
  ];
  expect(settle(list, explanations)).toEqual({
    cases: 3,
    agreed: 1,
    verdicts: { a: 1, b: 2 },
    explained: [
      { why: 'two is odd', count: 1 },
      { why: 'four is odd', count: 0 },
    ],
    unexplained: ['ours: a; theirs: b\ncase 3'],
    stale: ['four is odd'],
  });
});

it('chooses the same for the same label', () => {
  const drawn = (label: string): number[] => Array.from({ length: 8 }, choices(label).below.bind(null, 1000));
  expect(drawn('a')).toEqual(drawn('a'));
  expect(drawn('a')).not.toEqual(drawn('b'));
});

withGenuine('promtool', 'answers questions in their order', async (promtool) => {
  const questions = Array.from({ length: 8 }, (_, index) => ({
    args: ['check', 'config', 'prometheus.yml'],
    files: { 'prometheus.yml': index % 2 === 0 ? 'global: {}\n' : 'globals: {}\n' },
  }));
  const answers = await ask(promtool, questions);
  expect(answers.map(({ status }) => status)).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
  expect(answers[1]?.output).toContain('field globals not found');
});
