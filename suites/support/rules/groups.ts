import {
  activeTargets,
  baseUrl,
  eventually,
  NeverHappened,
  type RuleGroupSubject,
  ruleGroups,
  type SeenRuleGroup,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run, shutDoor } from '../run.ts';

/** Evaluations after the first scrape of every target: a rate has a result from its second sample on. */
const evaluations = 3;

/** The group is loaded with every rule of its file, and evaluated without an error while there are samples to evaluate. */
export async function evaluates({ service, group }: RuleGroupSubject): Promise<Found> {
  const absent = leftOut(service) ?? (await shutDoor(service));
  if (absent !== undefined) return { unknown: absent };
  const base = baseUrl(lab(), run.stack, service);
  const file = lab().mounted.find((one) => one.service === service && one.repoPath === group.file)?.target;
  let since: number | undefined;
  const look = async (): Promise<SeenRuleGroup | undefined> =>
    (await ruleGroups(lab(), base)).find((one) => one.name === group.name && (file === undefined || one.file === file));
  try {
    await scrapedOnce(service, base);
    const seen = await eventually(
      `group "${group.name}" is evaluated ${evaluations} times`,
      async () => {
        const found = await look();
        if (found === undefined) return { done: false, seen: 'Prometheus has no such group' };
        since ??= Math.max(found.evaluated, 0);
        const due = since + evaluations * found.interval * 1000;
        const enough = found.evaluated >= due && found.rules.every(({ health }) => health !== 'unknown');
        return enough
          ? { done: true, value: found }
          : { done: false, seen: `last evaluated ${new Date(found.evaluated).toISOString()}` };
      },
      { within: 60_000 },
    );
    return { looked: Math.max(seen.rules.length, 1), problems: faultsOf(group, seen) };
  } catch (problem) {
    if (!(problem instanceof NeverHappened)) throw problem;
    return { looked: 1, problems: [problem.message] };
  }
}

function faultsOf(group: RuleGroupSubject['group'], { rules }: SeenRuleGroup): string[] {
  const count =
    rules.length === group.rules.length
      ? []
      : [`its file has ${group.rules.length} rules, and Prometheus evaluates ${rules.length}`];
  const faults = rules.filter(({ health, lastError }) => health !== 'ok' || lastError !== '');
  return [...count, ...faults.map(({ name, health, lastError }) => `rule "${name}" is ${health}: ${lastError}`)];
}

const scraped = new Map<string, Promise<void>>();

/** Every target was scraped once, or did not answer in time: without samples hardly a rule has anything to evaluate. */
function scrapedOnce(service: string, base: string): Promise<void> {
  const known = scraped.get(service) ?? scrape(base);
  scraped.set(service, known);
  return known;
}

async function scrape(base: string): Promise<void> {
  const look = async () => {
    const waiting = (await activeTargets(lab(), base)).filter(({ health }) => health === 'unknown');
    return waiting.length === 0
      ? { done: true as const, value: undefined }
      : { done: false as const, seen: `${waiting.length} targets not scraped yet` };
  };
  await eventually('every target is scraped once', look, { within: 30_000 }).catch((problem) => {
    if (!(problem instanceof NeverHappened)) throw problem;
  });
}
