import {
  activeTargets,
  baseUrl,
  eventually,
  messageOf,
  type SeenTarget,
  type Service,
  serviceByHost,
} from '../../../src/index.ts';
import { lab, run } from '../run.ts';

/** The addresses that each Prometheus among the services scrapes with success, by its service. */
export async function targetsUp(services: readonly Service[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const pairs = services
    .filter(({ product }) => product === 'prometheus')
    .map(async (service) => {
      await scrapedOnce(service);
      const targets = await targetsOf(service);
      return [service.name, targets.filter(({ health }) => health === 'up').map(({ url }) => url)] as const;
    });
  return new Map(await Promise.all(pairs));
}

/**
 * Waits until every target was tried; one that has its turn later is not held against anybody. In its first seconds a
 * Prometheus has none yet.
 */
async function scrapedOnce(service: Service): Promise<void> {
  const jobs = run.stack.prometheus.find((one) => one.service === service.name)?.scrapeJobs ?? [];
  if (jobs.length === 0) return;
  await eventually(
    `"${service.name}" has scraped each of its targets`,
    async () => {
      const targets = await targetsOf(service);
      const waiting = targets.filter(({ health }) => health === 'unknown').length;
      if (targets.length > 0 && waiting === 0) return { done: true, value: true };
      return { done: false, seen: `${waiting} of ${targets.length} not yet` };
    },
    { within: 60_000 },
  ).catch(() => undefined);
}

/** What is wrong with targets that were scraped before; those of services that are gone are theirs to answer for. */
export async function targetsUpAgain(
  service: Service,
  urls: readonly string[],
  gone: readonly Service[],
): Promise<{ looked: number; problems: string[] }> {
  const asked = urls.filter((url) => !gone.some((one) => one === serviceByHost(run.stack, new URL(url).hostname)));
  if (asked.length === 0) return { looked: 0, problems: [] };
  try {
    await eventually(
      `"${service.name}" scrapes its targets again`,
      async () => {
        const targets = new Map((await targetsOf(service)).map((target) => [target.url, target]));
        const down = asked.filter((url) => targets.get(url)?.health !== 'up');
        if (down.length === 0) return { done: true, value: true };
        return {
          done: false,
          seen: down.map((url) => `${url}: ${targets.get(url)?.lastError || 'not yet'}`).join('; '),
        };
      },
      { within: 120_000 },
    );
    return { looked: asked.length, problems: [] };
  } catch (problem) {
    return { looked: asked.length, problems: [messageOf(problem)] };
  }
}

async function targetsOf({ name }: Service): Promise<SeenTarget[]> {
  return activeTargets(lab(), baseUrl(lab(), run.stack, name));
}
