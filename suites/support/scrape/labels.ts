import { baseUrl, eventually, instantQuery, type LabelSubject } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run, shutDoor } from '../run.ts';
import { foundElsewhere } from './targets.ts';

/** Some target of the job is found by each set of labels that rules and panels select it by. */
export async function labelsExpected({ service, job, asked }: LabelSubject): Promise<Found> {
  const absent = leftOut(service) ?? (await shutDoor(service)) ?? foundElsewhere(job);
  if (absent !== undefined) return { unknown: absent };
  const base = baseUrl(lab(), run.stack, service);
  let missing = asked;
  await eventually(
    `the targets of job "${job.name}" have the labels they are asked for by`,
    async () => {
      const answers = await Promise.all(asked.map(({ selector }) => instantQuery(lab(), base, selector)));
      missing = asked.filter((_, index) => {
        const answer = answers[index];
        return answer === undefined || 'error' in answer || answer.series === 0;
      });
      return missing.length === 0
        ? { done: true, value: true }
        : { done: false, seen: missing.map(({ selector }) => selector).join(', ') };
    },
    { within: 45_000 },
  ).catch(() => undefined);
  return {
    looked: asked.length,
    problems: missing.map(({ selector, by }) => `no target is ${selector}, which ${by} asks for`),
  };
}
