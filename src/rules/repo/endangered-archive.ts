import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { backupScripts, type Script } from './scripts.ts';

/** A folder that a restart, or the loss of the engine's disk, takes away with what was to be saved. */
const folder =
  /(?:^|\n)[ \t]*(?:export\s+|readonly\s+)?\w*(?:backup|dest|archive|target)\w*=["']?(?:\$\{\w+:-)?(\/(?:tmp|var\/tmp|dev\/shm|var\/lib\/docker)(?:\/[\w./-]*)?)(?=["'}\s])/gi;
const run = /\bdocker\s+run\b(?:[^\n\\]|\\\n|\\)*/g;
const mount = /(?:\s-v|\s--volume)[ =]["']?([A-Za-z0-9][\w.-]*):(\/[^\s:"']+)/g;
const written = /\btar\s+-?[a-zA-Z]*c[a-zA-Z]*f\s+["']?(\/[^\s"']+)/;

/** An archive is worth something where it outlives what it was made of. */
export const endangeredArchive = defineRule({
  id: 'repo/endangered-archive',
  severity: 'warning',
  over: 'repository',
  claim: 'No backup is written where it is lost with what it saves.',
  check: (repository) => backupScripts(repository).flatMap((script) => [...inFolders(script), ...inVolumes(script)]),
});

function inFolders({ file, code }: Script): FindingDraft[] {
  return [...code.matchAll(folder)].map((match) => {
    const path = match[1] ?? '';
    const start = match.index + match[0].lastIndexOf(path);
    const why = path.startsWith('/var/lib/docker')
      ? 'which is on the disk of the volumes that it saves, so both are lost at once'
      : 'which the system clears, so the archive may be gone after a restart';
    return {
      at: { file, span: [start, start + path.length] as const },
      message: `The script "${file}" writes its archives to "${path}", ${why}`,
      hint: 'Write them to another disk, or copy them to another machine',
      facts: { file, folder: path },
    };
  });
}

/** `tar` in a container that writes below the mount of the volume it reads. */
function inVolumes({ file, code }: Script): FindingDraft[] {
  return [...code.matchAll(run)].flatMap((match): FindingDraft[] => {
    const archive = written.exec(match[0]);
    const path = archive?.[1] ?? '';
    const volume = [...match[0].matchAll(mount)].find(([, , target = '']) => path.startsWith(`${target}/`));
    if (archive === null || volume === undefined || !readsFrom(match[0], volume[2] ?? '', path)) return [];
    const start = match.index + archive.index + archive[0].lastIndexOf(path);
    return [
      {
        at: { file, span: [start, start + path.length] as const },
        message: `The script "${file}" writes the archive of the volume "${volume[1]}" onto that volume, so both are lost at once`,
        hint: 'Mount a folder of another disk for the archive',
        facts: { file, volume: volume[1] ?? '' },
      },
    ];
  });
}

/** Whether the same command also names the folder, or a part of it, as what goes into the archive. */
function readsFrom(command: string, target: string, archive: string): boolean {
  const rest = command.slice(command.indexOf(archive) + archive.length);
  return rest
    .split(/[\s"']+/)
    .some((word) => word === target || word === `${target}/` || word.startsWith(`${target}/`));
}
