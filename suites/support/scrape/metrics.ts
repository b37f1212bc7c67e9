import {
  activeTargets,
  baseUrl,
  eventually,
  exposedNames,
  type MetricSubject,
  messageOf,
  type SeenTarget,
  selectorText,
  storedNames,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run, shutDoor } from '../run.ts';
import { playedService, tooSlow } from './targets.ts';

/** What the targets of the job expose now, and rules and panels ask for, is stored: no relabelling and no limit loses it. */
export async function metricsKept({ service, job, metrics, own }: MetricSubject): Promise<Found> {
  const absent = leftOut(service) ?? (await shutDoor(service));
  if (absent !== undefined) return { unknown: absent };
  const base = baseUrl(lab(), run.stack, service);
  let all: readonly SeenTarget[] = [];
  const targets = await eventually(
    `a target of job "${job.name}" is up`,
    async () => {
      all = (await activeTargets(lab(), base)).filter((one) => one.job === job.name);
      const up = all.filter(({ health }) => health === 'up');
      return up.length > 0 ? { done: true, value: up } : { done: false, seen: 'none' };
    },
    { within: 60_000 },
  ).catch((): SeenTarget[] => []);
  if (targets.length === 0) {
    const unknown = tooSlow(job, all);
    if (unknown !== undefined) return { unknown };
    return { looked: 1, problems: [`no target of job "${job.name}" is up, so nothing that it exposes is stored`] };
  }
  const played = targets.flatMap((target) => playedService(target.url) ?? [])[0];
  if (played !== undefined) return { unknown: played };
  const exposed = new Map<SeenTarget, ReadonlySet<string>>();
  try {
    for (const target of targets) exposed.set(target, await exposedBy(service, target));
  } catch (problem) {
    return { looked: 1, problems: [messageOf(problem)] };
  }
  const asked = new Set(metrics);
  let lost: readonly string[] = [];
  await eventually(
    `what job "${job.name}" exposes is stored`,
    async () => {
      lost = (
        await Promise.all(targets.map((target) => lostOf(base, target, exposed.get(target) ?? new Set(), asked)))
      ).flat();
      return lost.length === 0 ? { done: true, value: true } : { done: false, seen: lost.join('; ') };
    },
    { within: 45_000 },
  ).catch(() => undefined);
  const shown = new Set([...exposed.values()].flatMap((names) => [...names]));
  const unshown = own.filter((name) => !shown.has(name));
  const met =
    unshown.length === 0
      ? {}
      : { seen: 'asked for, not exposed', note: `"${job.name}" exposes no ${unshown.join(', ')}` };
  return { looked: metrics.length, problems: [...new Set(lost)], ...met };
}

/** One answer may come too late on a busy host, though the target is up. */
async function exposedBy(service: string, target: SeenTarget): Promise<ReadonlySet<string>> {
  return eventually(`"${target.url}" says what it exposes`, async () => ({
    done: true,
    value: await exposedNames(lab(), addressOf(service, target)),
  }));
}

/** A series of the same name that is stored for another target may be this one's: a label of its own may be honoured. */
async function lostOf(
  base: string,
  target: SeenTarget,
  exposed: ReadonlySet<string>,
  asked: ReadonlySet<string>,
): Promise<string[]> {
  const { job = '', instance = '' } = target.labels;
  const matchers = Object.entries({ job, instance }).map(([label, value]) => ({ label, op: '=' as const, value }));
  const stored = await storedNames(lab(), base, selectorText({ matchers }));
  const gone = [...exposed].filter((name) => asked.has(name) && !stored.has(name));
  if (gone.length === 0) return [];
  const anywhere = await storedNames(lab(), base);
  return gone
    .filter((name) => !anywhere.has(name))
    .map(
      (name) => `"${target.url}" exposes "${name}", which rules or panels ask for, and Prometheus stores none of it`,
    );
}

/** A Prometheus that scrapes itself does so by a name that means itself alone. */
function addressOf(service: string, { url }: SeenTarget): string {
  const parsed = new URL(url);
  if (['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname))
    parsed.hostname = lab().services[service]?.host ?? '';
  return parsed.href;
}
