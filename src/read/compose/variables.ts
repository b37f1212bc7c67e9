import type { Documents } from '../documents.ts';
import { parseEnvFile } from '../env-file.ts';
import { insideRepository } from '../paths.ts';
import { interpolate } from './interpolate.ts';

/** Variables of a project by name. The environment of the process that runs us is never looked at. */
export type Variables = ReadonlyMap<string, string>;

/** The variables of a project folder: its `.env`, and `PWD`, which is the folder itself. */
export function projectVariables(documents: Documents, folder: string): Variables {
  return new Map([['PWD', '.'], ...fileVariables(documents, insideRepository(folder, '.env'), new Map())]);
}

/** The variables of an included file: the project's own go before those of the include. */
export function extendVariables(
  documents: Documents,
  outer: Variables,
  folder: string,
  envFiles: readonly string[],
): Variables {
  const files = envFiles.length > 0 ? envFiles : [insideRepository(folder, '.env')];
  return new Map([...files.flatMap((file) => [...fileVariables(documents, file, outer)]), ...outer]);
}

/** The assignments of an env file, later ones made from earlier ones and from `outer`. */
export function fileVariables(documents: Documents, file: string | undefined, outer: Variables): Map<string, string> {
  const text = file === undefined ? undefined : documents.text(file);
  if (text === undefined) return new Map();
  const entries = parseEnvFile(
    text,
    (raw, known) => interpolate(raw, (name) => known.get(name)?.value ?? outer.get(name)).text,
  );
  return new Map([...entries].map(([name, entry]) => [name, entry.value]));
}
