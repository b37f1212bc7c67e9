import type { Repository } from '../model/repository.ts';
import type { Stack } from '../model/stack.ts';

/** What of a kind all stacks of a repository have: each by what makes it the same one in another file. */
interface Kind {
  readonly name: string;
  readonly of: (stack: Stack) => readonly string[];
}

const kinds: readonly Kind[] = [
  { name: 'services', of: ({ services }) => services.map(({ name }) => name) },
  { name: 'scrape jobs', of: ({ prometheus }) => prometheus.flatMap((one) => one.scrapeJobs.map(({ name }) => name)) },
  { name: 'alert rules', of: (stack) => rules(stack, 'alert') },
  { name: 'recording rules', of: (stack) => rules(stack, 'record') },
  {
    name: 'receivers',
    of: ({ alertmanager }) => alertmanager.flatMap((one) => one.receivers.map(({ name }) => name)),
  },
  { name: 'datasources', of: ({ grafana }) => grafana.flatMap((one) => one.datasources.map(({ name }) => name)) },
  {
    name: 'dashboards',
    of: ({ grafana }) =>
      grafana.flatMap((one) => one.dashboards.map(({ uid, title, file }) => title ?? uid ?? file.replace(/^.*\//, ''))),
  },
];

/** How many of a kind there are before and after a plan, and by name what is gone and what is new. */
export interface Counted {
  readonly kind: string;
  readonly before: number;
  readonly after: number;
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

/** What the stacks have before and after a plan. The same thing in two stacks counts once. */
export function inventory(base: Repository, candidate: Repository): Counted[] {
  return kinds.flatMap(({ name, of }) => {
    const before = new Set(base.stacks.flatMap(of));
    const after = new Set(candidate.stacks.flatMap(of));
    if (before.size === 0 && after.size === 0) return [];
    const gone = [...before].filter((one) => !after.has(one));
    const added = [...after].filter((one) => !before.has(one));
    return [{ kind: name, before: before.size, after: after.size, gone, added }];
  });
}

function rules({ prometheus }: Stack, kind: 'alert' | 'record'): string[] {
  return prometheus.flatMap(({ ruleGroups }) =>
    ruleGroups.flatMap((group) =>
      group.rules
        .filter((rule) => rule.kind === kind)
        .map((rule, index, all) => {
          // Two rules of a group may have one name.
          const same = all.slice(0, index).filter(({ name }) => name === rule.name).length;
          return `${group.name}/${rule.name}${same === 0 ? '' : ` (${same + 1})`}`;
        }),
    ),
  );
}
