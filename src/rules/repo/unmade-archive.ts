import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import type { Repository } from '../../model/repository.ts';
import { baseOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { isComment, linesOf } from '../support/line-context.ts';
import { lineText, stackFiles } from '../support/stack-files.ts';
import { shellScripts } from './scripts.ts';

/** Commands that unpack an archive or read a dump, with its path. */
const reads =
  /\b(?:tar\s+(?:-\S+\s+)*-?[a-zA-Z]*x[a-zA-Z]*\s+|tar\s+[^\n|;&]*-f\s*|(?:gunzip|zcat|pg_restore|cat)\s+(?:-\S+\s+)*|<\s*)["']?([\w./${}*-]*\.(?:tar\.gz|tgz|tar\.xz|tar\.zst|tar|sql\.gz|sql|dump))\b/g;

/** A restore that asks for what no backup makes has never been tried. */
export const unmadeArchive = defineRule({
  id: 'repo/unmade-archive',
  severity: 'warning',
  over: 'repository',
  claim: 'Every archive that a restore reads is one that something writes.',
  check: (repository) => {
    const made = [
      ...shellScripts(repository).map(({ file, code }) => ({ file, code })),
      ...repository.ci.flatMap(({ file, jobs }) =>
        jobs.flatMap(({ script }) => script.map(({ text }) => ({ file, code: text }))),
      ),
    ];
    return restores(repository).flatMap(({ file, text, place, job }) =>
      linesOf(text).flatMap((line) =>
        isComment(line.text) && !file.endsWith('.md')
          ? []
          : [...line.text.matchAll(reads)].flatMap((match): FindingDraft[] => {
              const [, path = ''] = match;
              const stem = stemOf(path);
              if (stem === undefined || writes(text, stem, line.text)) return [];
              // A writer that puts the name together says its first word at least.
              const words = [stem, stem.split(/[-_]/)[0] ?? stem];
              if (
                made.some(
                  (one) =>
                    (job ? one.code !== text : one.file !== file) && words.some((word) => writes(one.code, word)),
                )
              )
                return [];
              const start = line.start + match.index + match[0].lastIndexOf(path);
              return [
                {
                  at: place(start, start + path.length),
                  message: `"${file}" restores from "${baseOf(path)}", and nothing in the repository makes an archive of that name, so on the day it is needed there is none`,
                  hint: 'Name the archive as the backup does',
                  facts: { archive: baseOf(path) },
                },
              ];
            }),
      ),
    );
  },
});

interface Restore {
  readonly file: string;
  readonly text: string;
  readonly place: (start: number, end: number) => Place;
  /** Other lines of the same file may make what it reads. */
  readonly job: boolean;
}

/** Scripts, pages and jobs about restoring. */
function restores(repository: Repository): Restore[] {
  const files = stackFiles(repository).flatMap((file): Restore[] => {
    const script = named.test(baseOf(file)) && /\.(?:sh|bash)$/.test(file);
    const text = script || file.endsWith('.md') ? lineText(repository, file) : undefined;
    if (text === undefined || (!script && !/restore|recover/i.test(text))) return [];
    return [{ file, text, job: false, place: (start, end) => ({ file, span: [start, end] }) }];
  });
  const jobs = repository.ci.flatMap(({ file, jobs: all }) =>
    all
      .filter(({ name }) => named.test(name))
      .flatMap(({ script }) =>
        script.map(
          ({ text, at }): Restore => ({
            file,
            text,
            job: true,
            place: (start, end) => ({ ...at, span: [start, end] }),
          }),
        ),
      ),
  );
  return [...files, ...jobs];
}

const named = /restore|recover|rollback/i;

/** The part of an archive's name that is always the same; undefined where that says too little. */
function stemOf(path: string): string | undefined {
  const stem = /^[A-Za-z][A-Za-z_-]*/.exec(baseOf(path))?.[0].replace(/[_-]+(?:YYYY\w*|DATE|TIMESTAMP|X+)?$/, '');
  if (stem === undefined || stem.length < 4 || /^(?:backup|archive|dump|data|file|path|latest|your)$/i.test(stem))
    return undefined;
  return stem;
}

/** Whether a text speaks of the stem beside reading it: a writer may put the name together of several parts. */
function writes(text: string, stem: string, except = ''): boolean {
  const rest = except === '' ? text : text.replace(except, '');
  const named = new RegExp(`(?<![\\w])${stem}(?![a-z])`, 'i');
  return except === ''
    ? named.test(rest)
    : rest.split('\n').some((line) => /\btar\b[^\n]*-?\w*c|pg_dump|>\s/.test(line) && named.test(line));
}
