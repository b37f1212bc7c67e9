import { activeTargets, baseUrl, eventually, type JobSubject, jobSubjects } from '../../src/index.ts';
import { type Found, proveLive } from '../support/prove.ts';
import { lab, leftOut, run } from '../support/run.ts';

proveLive('scrape-targets', jobSubjects(run.stack), everyTargetUp);

/** The job has targets, as many as are written, and all of them are up. */
async function everyTargetUp({ service, job }: JobSubject): Promise<Found> {
  const absent = leftOut(service);
  if (absent !== undefined) return { unknown: absent };
  const base = baseUrl(lab(), run.stack, service);
  const wanted = Math.max(job.targets.length, 1);
  try {
    const up = await eventually(
      `every target of job "${job.name}" is up`,
      async () => {
        const targets = (await activeTargets(lab(), base)).filter((target) => target.job === job.name);
        const seen = targets.map((target) => `${target.url} ${target.health} ${target.lastError}`.trim()).join('; ');
        const good = targets.length >= wanted && targets.every((target) => target.health === 'up');
        return good ? { done: true, value: targets.length } : { done: false, seen: seen || 'no target' };
      },
      { within: 60_000 },
    );
    return { looked: up, problems: [] };
  } catch (problem) {
    return { looked: wanted, problems: [problem instanceof Error ? problem.message : String(problem)] };
  }
}
