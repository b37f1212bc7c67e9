import { activeTargets, baseUrl, eventually, type JobSubject, messageOf, type SeenTarget } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run, shutDoor } from '../run.ts';

/** Discoveries whose targets the files of the repository give; what any other finds depends on where it looks. */
const ofTheFiles = ['file_sd_configs', 'dns_sd_configs'];

/** The job has targets, as many as are written, and all of them are up. */
export async function everyTargetUp({ service, job }: JobSubject): Promise<Found> {
  const absent = leftOut(service) ?? (await shutDoor(service));
  if (absent !== undefined) return { unknown: absent };
  const base = baseUrl(lab(), run.stack, service);
  const wanted = Math.max(job.targets.length, 1);
  let last: readonly SeenTarget[] = [];
  try {
    await eventually(
      `every target of job "${job.name}" is up`,
      async () => {
        last = (await activeTargets(lab(), base)).filter((target) => target.job === job.name);
        const seen = last.map((target) => `${target.url} ${target.health} ${target.lastError}`.trim()).join('; ');
        const good = last.length >= wanted && last.every((target) => target.health === 'up');
        return good ? { done: true, value: true } : { done: false, seen: seen || 'no target' };
      },
      { within: 60_000 },
    );
  } catch (problem) {
    const unknown = foundElsewhere(job) ?? foundNowhere(job, last) ?? tooSlow(job, last);
    if (unknown !== undefined) return { unknown };
    return { looked: wanted, problems: [messageOf(problem)] };
  }
  const played = last.flatMap((target) => playedService(target.url) ?? [])[0];
  return played === undefined ? { looked: last.length, problems: [] } : { unknown: played };
}

/** Why a target that is down, or has other labels, says nothing: the job asks somebody who is not the same in the lab. */
export function foundElsewhere({ discovery }: JobSubject['job']): string | undefined {
  const elsewhere = discovery.filter((kind) => !ofTheFiles.includes(kind));
  return elsewhere.length > 0 ? `${elsewhere.join(', ')} finds other targets on the server than in the lab` : undefined;
}

/**
 * The lab scrapes often, and so gives a scrape less time than it has: on a machine that is short of processors a sound
 * target does not answer in it, nor does one that a stand-in asks for the answer.
 */
export function tooSlow(job: JobSubject['job'], targets: readonly SeenTarget[]): string | undefined {
  const down = targets.filter(({ health }) => health !== 'up');
  const shortened = lab().differences.some(({ what }) => /scrape_(interval|timeout)$/.test(what));
  const late = down.every(
    ({ url, lastError }) => /context deadline exceeded/.test(lastError) || (/ 502 /.test(lastError) && isPlayed(url)),
  );
  if (!shortened || down.length === 0 || !late) return undefined;
  return `${down.map(({ url }) => url).join(', ')} did not answer within the time that the lab gives a scrape, less than the ${job.timeout} s it has`;
}

function isPlayed(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).host : '';
  return lab().standIns.some((one) => one.kind === 'scrape-target' && one.address === host);
}

function foundNowhere(job: JobSubject['job'], targets: readonly SeenTarget[]): string | undefined {
  if (job.targets.length > 0 || targets.length > 0 || job.discovery.length === 0) return undefined;
  return `${job.discovery.join(', ')} finds no target in the lab; what it finds on the server is not in the repository`;
}

/** A service of the stack that is not booted is played by a stand-in, which answers whatever it is asked. */
export function playedService(url: string): string | undefined {
  const host = URL.canParse(url) ? new URL(url).host : '';
  const original = lab().standIns.find((one) => one.kind === 'scrape-target' && one.address === host)?.original;
  const name = original?.replace(/:\d+$/, '');
  const service = run.stack.services.find((one) => one.name === name || one.containerName?.value === name);
  return service === undefined ? undefined : leftOut(service.name);
}
