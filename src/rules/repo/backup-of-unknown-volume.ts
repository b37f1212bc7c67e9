import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import type { Repository } from '../../model/repository.ts';
import { textAt } from '../../model/tree.ts';
import { baseOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { isComment, isScript, linesOf } from '../support/line-context.ts';
import { quoteAll } from '../support/quote.ts';

/** How a command names a volume of the engine; a path or a variable in its place is none. */
const uses: readonly RegExp[] = [
  /(?:^|\s)(?:-v|--volume)[ =]["']?([A-Za-z0-9][\w.-]*):\/\S*/g,
  /--mount[ =]["']?(?=[^\s"']*type=volume)[^\s"']*?(?:source|src)=([A-Za-z0-9][\w.-]*)/g,
  /\/var\/lib\/docker\/volumes\/([A-Za-z0-9][\w.-]*)(?=\/)/g,
];

/**
 * The engine makes an empty volume where a command names one that is not there, and archives it gladly. Compose puts the
 * project's name before a volume's (https://docs.docker.com/reference/compose-file/volumes/#name).
 */
export const backupOfUnknownVolume = defineRule({
  id: 'repo/backup-of-unknown-volume',
  severity: 'error',
  over: 'repository',
  claim: 'Every volume that a backup names is a volume of a stack, under the name that the engine knows.',
  check: (repository) => {
    if (repository.stacks.length === 0) return [];
    const texts = textsOf(repository);
    const made = texts.flatMap(({ text }) =>
      [...text.matchAll(/docker volume create\s+(?:-\S+\s+)*["']?([\w.-]+)/g)].map((match) => match[1] ?? ''),
    );
    return texts.flatMap(({ text, place }) =>
      linesOf(text).flatMap((line) =>
        isComment(line.text)
          ? []
          : namesIn(line.text).flatMap(({ name, span }) =>
              made.includes(name) ? [] : judged(repository, name, place(line.start + span[0], line.start + span[1])),
            ),
      ),
    );
  },
});

function judged({ stacks }: Repository, name: string, at: Place): FindingDraft[] {
  const volumes = stacks.flatMap((stack) => stack.volumes.map((volume) => ({ ...volume, file: stack.composeFile })));
  if (volumes.some((volume) => volume.engineName === name)) return [];
  const meant = volumes.filter((volume) => volume.name === name);
  const facts = { volume: name, engineNames: meant.map((volume) => volume.engineName) };
  if (meant.length === 0) {
    const message = `Volume "${name}" belongs to no stack of the repository, so whether there is anything in it cannot be told`;
    return [{ at, severity: 'info', message, hint: 'See that the server has a volume of this name', facts }];
  }
  return [
    {
      at,
      message: `Volume "${name}" is ${quoteAll([...new Set(facts.engineNames)])} to the engine, so this makes and reads an empty one`,
      related: meant.map((volume) => ({ at: volume.at, note: 'the volume is declared here' })),
      hint: 'Ask the engine for the name: docker inspect the container of the service',
      facts,
    },
  ];
}

function namesIn(line: string): { readonly name: string; readonly span: readonly [number, number] }[] {
  return uses.flatMap((use) =>
    [...line.matchAll(use)].map((match) => {
      const name = match[1] ?? '';
      const start = match.index + match[0].indexOf(name);
      return { name, span: [start, start + name.length] as const };
    }),
  );
}

interface Commands {
  readonly text: string;
  readonly place: (start: number, end: number) => Place;
}

/** Scripts and job lines that have to do with archives. */
function textsOf({ tree, ci }: Repository): Commands[] {
  const scripts = [...tree.files.keys()].sort().flatMap((file): Commands[] => {
    const text = isScript(tree, file) ? textAt(tree, file) : undefined;
    return text === undefined || !archives(file, text)
      ? []
      : [{ text, place: (start, end) => ({ file, span: [start, end] }) }];
  });
  const jobs = ci.flatMap((one) =>
    one.jobs.flatMap((job) =>
      job.script
        .filter(({ text }) => /\btar\b|backup|restic|rsync/.test(text))
        .map(({ text, at }): Commands => ({ text, place: (start, end) => ({ ...at, span: [start, end] }) })),
    ),
  );
  return [...scripts, ...jobs];
}

function archives(file: string, text: string): boolean {
  return /backup|restore|dump|archive/i.test(baseOf(file)) || /\btar\s+-?[a-z]*[cx]|\brestic\b/.test(text);
}
