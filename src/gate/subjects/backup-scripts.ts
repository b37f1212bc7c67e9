import { posix } from 'node:path';
import type { BackupScript, RestoreScript, SavedVolume } from '../../model/backup.ts';
import type { Repository } from '../../model/repository.ts';
import type { Stack } from '../../model/stack.ts';
import { textAt } from '../../model/tree.ts';

interface Script {
  readonly file: string;
  /** Without its comments. */
  readonly code: string;
}

/**
 * The backup scripts of a stack: shell scripts beside or below its compose file that write archives with `tar` of what
 * docker holds. A compose file at the root has those of its own folder and of `scripts/`. Programs that keep archives in
 * a store of their own (restic, borg) are not looked at, for nothing here can read what they wrote.
 */
export function backupScripts(repository: Repository, stack: Stack): BackupScript[] {
  const scripts = scriptsOf(repository, stack);
  return scripts
    .filter((script) => isBackup(script) && isAbout(stack, script))
    .map((script) => {
      const folder = folderOf(script.code);
      const restore = scripts.find(({ file }) => counterparts(script.file).includes(file));
      const obstacle = obstacleOf(script.code, folder);
      return {
        file: script.file,
        ...(folder === undefined ? {} : { folder }),
        saves: savedBy(stack, script.code),
        writes: isMounted(script.code, folder),
        prunes: /\bfind\s(?:[^\n]|\\\n)*-m(?:time|min)\b(?:[^\n]|\\\n)*(?:-delete|\brm\b)/.test(script.code),
        ...(restore === undefined ? {} : { restore: { file: restore.file, takes: takenBy(restore.code) } }),
        ...(obstacle === undefined ? {} : { obstacle }),
      };
    });
}

function scriptsOf({ tree }: Repository, { composeFile }: Stack): Script[] {
  const folder = posix.dirname(composeFile);
  const paths = [...tree.files.keys()].filter((path) =>
    folder === '.' ? /^(?:scripts?\/)?[^/]+$/.test(path) : path.startsWith(`${folder}/`),
  );
  return paths.sort().flatMap((file) => {
    const name = posix.basename(file);
    if (name.includes('.') && !/\.(?:sh|bash)$/.test(name)) return [];
    const text = textAt(tree, file);
    if (text === undefined || !(/\.(?:sh|bash)$/.test(name) || /^#!.*\b(?:ba|da|k|z)?sh\b/.test(text))) return [];
    return [{ file, code: text.replace(/^\s*#.*$/gm, '') }];
  });
}

const archives = /\btar\b[^\n|;&]*\s(?:-?[a-zA-Z]*c[a-zA-Z]*f?\b|--create)|--entrypoint\s+tar\b/;

function isBackup({ file, code }: Script): boolean {
  const name = posix.basename(file);
  if (/restore|recover/i.test(name) || !/\bdocker\b/.test(code) || !archives.test(code)) return false;
  return /backup|dump|archive|snapshot/i.test(name) || /docker\s+run\b(?:[^\n]|\\\n)*\btar\b/.test(code);
}

/** A script that speaks to compose means the file it names, else the one that compose finds by itself. */
function isAbout({ composeFile }: Stack, { code }: Script): boolean {
  if (!/docker[- ]compose\s/.test(code)) return true;
  const named = [...code.matchAll(/\s(?:-f|--file)[ =]["']?[^\s"']*?([\w.-]+\.ya?ml)/g)].map((match) => match[1]);
  const file = posix.basename(composeFile);
  return named.length > 0 ? named.includes(file) : /^(?:docker-)?compose\.ya?ml$/.test(file);
}

/** The first absolute path that a variable of that kind has as its value or default, else what is mounted as the folder. */
function folderOf(code: string): string | undefined {
  const kinds = ['backup|archive', 'dest|target|out', ''];
  for (const kind of kinds) {
    const pattern = `(?:^|[\\s;])(?:export\\s+|readonly\\s+|local\\s+)?\\w*(?:${kind})\\w*=["']?(?:\\$\\{\\w+:?-)?["']?(/[\\w./-]+)`;
    const found = new RegExp(pattern, 'im').exec(code)?.[1];
    if (found !== undefined) return found.replace(/(?<=.)\/+$/, '');
  }
  return /(?:-v|--volume)[ =]["']?(\/[\w./-]+):\/\w*(?:backup|archive)/i.exec(code)?.[1];
}

function isMounted(code: string, folder: string | undefined): boolean {
  const mounts = [...code.matchAll(/(?:-v|--volume|src=|source=)[ =]?["']?(\$\{?\w+\}?|\/[\w./-]+)["']?[:,]/g)];
  return mounts.some(
    ([, source = '']) => source === folder || /^\$\{?\w*(?:backup|archive|dest|target|dir|out|folder)/i.test(source),
  );
}

const elsewhere = /(?:^|[\s;&|(])(aws|gsutil|gcloud|az|mc|s3cmd|rclone|scp|sftp|ssh|curl|wget|lftp|rsync)\s/m;

function obstacleOf(code: string, folder: string | undefined): string | undefined {
  if (folder === undefined) return 'where it writes its archives cannot be told from the file';
  const program = elsewhere.exec(code)?.[1];
  if (program !== undefined) return `it calls "${program}", and from the lab no other machine is reached`;
  if (/\/var\/lib\/docker\/volumes/.test(code)) return 'it reads the folder of the engine itself, which no lab opens';
  return undefined;
}

function savedBy(stack: Stack, code: string): SavedVolume[] {
  const all = /docker\s+volume\s+ls|compose\s[^\n]*config\s+--volumes/.test(code);
  const isNamed = (name: string): boolean =>
    new RegExp(`(?<![\\w/-])${name.replace(/[.+*?^$()[\]{}|\\]/g, '\\$&')}(?![\\w-])`).test(code);
  const saved = stack.services.flatMap((service) =>
    service.mounts.flatMap(({ kind, source, target }): SavedVolume[] => {
      const volume = kind === 'volume' ? stack.volumes.find(({ name }) => name === source) : undefined;
      if (volume === undefined) return [];
      const names = [volume.name, volume.engineName, service.name, service.containerName?.value ?? service.name];
      return all || names.some(isNamed) ? [{ service: service.name, volume: volume.name, target }] : [];
    }),
  );
  // A volume that two services share is one volume.
  return saved.filter((one, index) => saved.findIndex(({ volume }) => volume === one.volume) === index);
}

/** The names a restore beside a backup has. */
function counterparts(file: string): string[] {
  const name = posix.basename(file);
  const names = ['restore', 'recover'].map((word) => name.replace(/back-?up|dump|archive|snapshot/i, word));
  return names.filter((one) => one !== name).map((one) => posix.join(posix.dirname(file), one));
}

function takenBy(code: string): RestoreScript['takes'] {
  if (/"?\$[@*]"?/.test(code)) return 'archives';
  return /\$\{?1\b/.test(code) ? 'archive' : 'nothing';
}
