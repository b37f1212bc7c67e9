import type { Place } from '../../model/location.ts';
import type { PipelineJob } from '../../model/pipeline.ts';
import { commandsOf } from '../support/shell.ts';

/** What a job copies from the repository to another machine. */
export interface Copy {
  /** A file or folder of the repository; `''` is its root. */
  readonly source: string;
  readonly deletes: boolean;
  readonly program: string;
  readonly at: Place;
}

/** Copies by `rsync` and `scp -r` whose source the script says in plain words. */
export function copiesOf(job: PipelineJob): Copy[] {
  return job.script.flatMap(({ text, at }) =>
    commandsOf(text).flatMap((command): Copy[] => {
      const { word, start } = command;
      if (word !== 'rsync' && word !== 'scp') return [];
      const words = command.text.split(/\s+/).map((one) => one.replace(/^["']|["']$/g, ''));
      const paths = words.slice(1).filter((one, index) => !one.startsWith('-') && !takesValue(words[index] ?? ''));
      const remote = paths.at(-1) ?? '';
      if (!remote.includes(':')) return [];
      const deletes = words.some((one) => /^--(?:delete|del)\b/.test(one));
      const place = { ...at, span: [start, start + word.length] as const };
      return paths.slice(0, -1).flatMap((path) => {
        if (/[$*]|^\/|^\.\./.test(path)) return [];
        const source = path.replace(/^\.(?:\/|$)/, '').replace(/\/+$/, '');
        return [{ source, deletes, program: word, at: place }];
      });
    }),
  );
}

/** Whether a path is a folder or lies below it. */
export function isIn(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Options whose value is the next word. */
function takesValue(option: string): boolean {
  return /^(?:--exclude|--include|--filter|--exclude-from|--rsh|-e|-i|-P|-F|-o|-f)$/.test(option);
}
