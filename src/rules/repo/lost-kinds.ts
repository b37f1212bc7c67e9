import type { Place } from '../../model/location.ts';
import type { Repository } from '../../model/repository.ts';
import { type Service, type Stack, serviceByHost } from '../../model/stack.ts';
import { textAt } from '../../model/tree.ts';
import { pipelinesOf } from '../../read/ci/pipeline.ts';
import { baseOf, folderOf } from '../../read/paths.ts';

/** Something that was there before a plan and is not any more. */
export interface Lost {
  readonly name: string;
  /** The file it stood in. */
  readonly before: string;
  /** Where it would stand now. */
  readonly at: Place;
  /** Whether what it was there for is still there, so that nobody can have meant it. */
  readonly used: boolean;
  readonly follows: string;
}

interface Kind {
  readonly called: readonly [one: string, several: string];
  readonly lost: (base: Repository, now: Repository) => readonly Lost[];
}

/** One row for each kind of thing; rules, log jobs and variables are looked at by their own rooms. */
export const kinds: readonly Kind[] = [
  { called: ['Service', 'Services'], lost: services },
  { called: ['Scrape job', 'Scrape jobs'], lost: scrapeJobs },
  { called: ['Datasource', 'Datasources'], lost: datasources },
  { called: ['Dashboard', 'Dashboards'], lost: dashboards },
  { called: ['Receiver', 'Receivers'], lost: receivers },
  { called: ['Job', 'Jobs'], lost: ciJobs },
  { called: ['Volume', 'Volumes'], lost: volumes },
];

/** The stack that a plan works on: the first whose compose file is not what it was. */
function changedStack(base: Repository, now: Repository): Stack | undefined {
  const changed = now.stacks.find(
    ({ composeFile }) => textAt(now.tree, composeFile) !== textAt(base.tree, composeFile),
  );
  return changed ?? now.stacks[0];
}

const of = <T>({ stacks }: Repository, part: (stack: Stack) => readonly T[]): T[] => stacks.flatMap(part);

function services(base: Repository, now: Repository): Lost[] {
  const left = of(now, (stack) => stack.services);
  const stack = changedStack(base, now);
  if (stack === undefined) return [];
  return of(base, (old) => old.services.map((service) => ({ service, old }))).flatMap(({ service, old }) => {
    const kept = left.some(
      (one) => one.name === service.name || (service.product !== undefined && one.product === service.product),
    );
    const at: Place = { file: stack.composeFile, pointer: ['services'], part: 'key' };
    const follows = 'and nothing stands in for that';
    return kept ? [] : [{ name: service.name, before: old.composeFile, at, used: false, follows }];
  });
}

function scrapeJobs(base: Repository, now: Repository): Lost[] {
  const left = of(now, (stack) => stack.prometheus);
  const jobs = left.flatMap(({ scrapeJobs: all }) => all);
  const [first] = left.filter(({ file }) => file !== undefined);
  if (first?.file === undefined || left.some(({ file }) => file === undefined)) return [];
  const at: Place = { file: first.file, pointer: ['scrape_configs'], part: 'key' };
  const addresses = new Set(jobs.flatMap(({ targets }) => targets.map(({ address }) => address)));
  return of(base, (stack) => stack.prometheus).flatMap(({ scrapeJobs: all, file = '' }) =>
    all.flatMap((job): Lost[] => {
      if (jobs.some(({ name }) => name === job.name)) return [];
      const missed = job.targets.filter(({ address }) => !addresses.has(address));
      if (missed.length === 0) return [];
      const isService = (stacks: readonly Stack[]) =>
        missed.some(({ host }) => stacks.some((stack) => serviceByHost(stack, host) !== undefined));
      // Its service went as well.
      if (!isService(now.stacks) && isService(base.stacks)) return [];
      return [
        { name: job.name, before: file, at, used: isService(now.stacks), follows: 'so nobody scrapes its targets' },
      ];
    }),
  );
}

function datasources(base: Repository, now: Repository): Lost[] {
  const left = of(now, (stack) => stack.grafana).flatMap((grafana) => grafana.datasources);
  const [first] = left;
  if (first === undefined) return [];
  return of(base, (stack) => stack.grafana).flatMap((grafana) =>
    grafana.datasources
      .filter((source) => !left.some(({ uid, name }) => uid === source.uid || name === source.name))
      // Two names for one address are one source.
      .filter((source) => !left.some(({ type, url }) => type === source.type && url?.value === source.url?.value))
      .map((source) => ({
        name: source.name,
        before: source.at.file,
        at: { file: first.at.file },
        used: false,
        follows: 'so its panels have nothing to ask',
      })),
  );
}

function dashboards(base: Repository, now: Repository): Lost[] {
  const left = of(now, (stack) => stack.grafana).flatMap((grafana) => grafana.dashboards);
  const [first] = left;
  if (first === undefined) return [];
  return of(base, (stack) => stack.grafana).flatMap((grafana) =>
    grafana.dashboards
      .filter(
        (board) =>
          !left.some(({ uid, title, file }) => (uid ?? title ?? file) === (board.uid ?? board.title ?? board.file)),
      )
      .filter((board) => board.title === undefined || !left.some(({ title }) => title === board.title))
      .map((board) => ({
        name: board.title ?? baseOf(board.file),
        before: folderOf(board.file),
        at: { file: first.file },
        used: false,
        follows: 'so nobody sees what was shown there',
      })),
  );
}

function receivers(base: Repository, now: Repository): Lost[] {
  const left = of(now, (stack) => stack.alertmanager);
  const names = new Set(left.flatMap((config) => config.receivers.map(({ name }) => name)));
  const [first] = left.filter(({ file }) => file !== undefined);
  if (first?.file === undefined) return [];
  const at: Place = { file: first.file, pointer: ['receivers'], part: 'key' };
  return of(base, (stack) => stack.alertmanager).flatMap((config) =>
    config.receivers
      .filter(({ name, integrations }) => !names.has(name) && integrations.length > 0)
      .map(({ name }) => ({
        name,
        before: config.file ?? '',
        at,
        used: false,
        follows: 'so nobody is told there any more',
      })),
  );
}

function ciJobs(base: Repository, now: Repository): Lost[] {
  const left = pipelinesOf(now);
  const names = new Set(left.flatMap(({ jobs }) => jobs.map(({ name }) => name)));
  const [first] = left;
  if (first === undefined) return [];
  return pipelinesOf(base).flatMap(({ jobs }) =>
    jobs
      .filter(({ name, hidden }) => !hidden && !names.has(name))
      .map(({ name, at }) => ({
        name,
        before: at.file,
        at: { file: now.tree.files.has(at.file) ? at.file : first.file },
        used: false,
        follows: 'so the pipeline no longer does what it did',
      })),
  );
}

/** A volume of another name is an empty one: the data stay in the old one. */
function volumes(base: Repository, now: Repository): Lost[] {
  // A service that was there before with the same volumes is nobody's heir.
  const own = new Set(
    of(base, (stack) => stack.services.map((service) => ({ stack, service }))).map(
      ({ stack, service }) => `${stack.composeFile} ${service.name} ${volumeNames(stack, service).join(' ')}`,
    ),
  );
  const left = of(now, (stack) =>
    stack.services.flatMap((service) => {
      const names = volumeNames(stack, service);
      return own.has(`${stack.composeFile} ${service.name} ${names.join(' ')}`) ? [] : [{ service, names }];
    }),
  );
  return of(base, (stack) => stack.services.map((service) => ({ stack, service }))).flatMap(
    ({ stack, service }): Lost[] => {
      const heirs = left.filter(({ service: one }) => one.product !== undefined && one.product === service.product);
      const [heir] = heirs;
      const kept = new Set(heirs.flatMap(({ names }) => names));
      const gone = volumeNames(stack, service).filter((name) => !kept.has(name));
      if (heir === undefined || heir.names.length === 0 || gone.length === 0) return [];
      const follows = `and "${heir.service.name}" has "${heir.names[0]}" instead, so it begins without the data it had`;
      return gone.map((name) => ({ name, before: stack.composeFile, at: heir.service.at, used: false, follows }));
    },
  );
}

function volumeNames(stack: Stack, { mounts }: Service): string[] {
  return mounts.flatMap(({ kind, source }) => {
    const volume = kind === 'volume' ? stack.volumes.find(({ name }) => name === source) : undefined;
    return volume === undefined ? [] : [volume.engineName];
  });
}
