import type { Repository } from '../../model/repository.ts';
import { baseOf } from '../../read/paths.ts';
import { isComment } from '../support/line-context.ts';
import { lineText, stackFiles } from '../support/stack-files.ts';

/** A shell script among the files of the stacks: the whole of it, and without its comments (offsets stay). */
export interface Script {
  readonly file: string;
  readonly text: string;
  readonly code: string;
}

const known = new WeakMap<Repository, readonly Script[]>();

/** The shell scripts of the stacks, by their ending or their first line. */
export function shellScripts(repository: Repository): readonly Script[] {
  const before = known.get(repository);
  if (before !== undefined) return before;
  const made = stackFiles(repository).flatMap((file): Script[] => {
    const name = baseOf(file);
    if (name.includes('.') && !/\.(?:sh|bash)$/.test(name)) return [];
    const text = lineText(repository, file);
    if (text === undefined || !(/\.(?:sh|bash)$/.test(name) || /^#!.*\b(?:ba|da|k|z)?sh\b/.test(text))) return [];
    return [{ file, text, code: withoutComments(text) }];
  });
  known.set(repository, made);
  return made;
}

/** Scripts that write archives or dumps: by their name, or by a `tar` that creates one of a volume. */
export function backupScripts(repository: Repository): readonly Script[] {
  return shellScripts(repository).filter(
    ({ file, code }) =>
      writes.test(code) &&
      (/backup|dump|archive|snapshot/i.test(baseOf(file)) || /docker\s+run\b[^\n]*\btar\b/.test(code)),
  );
}

/** A command that writes an archive. */
export const writes =
  /\btar\s+(?:-\S+\s+\S+\s+)*-?[a-zA-Z]*c[a-zA-Z]*f|--entrypoint\s+tar\b|\btar\b[^\n|;&]*\s(?:-[a-z]*c[a-z]*|--create)\b|\brestic\b[^\n]*\bbackup\b|\bborg\s+create\b|\bpg_dump|\bmysqldump\b|\brsync\s/;

/** Whether a script ends where a command fails (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#set). */
export function endsOnError({ code, text }: Script): boolean {
  return /^\s*set\s+-(?:\w*e|o\s+errexit)|;\s*set\s+-\w*e/m.test(code) || /^#!\S+\s+-\w*e/.test(text);
}

function withoutComments(text: string): string {
  return text
    .split('\n')
    .map((line) => (isComment(line) && /^\s*#/.test(line) ? ' '.repeat(line.length) : line))
    .join('\n');
}
