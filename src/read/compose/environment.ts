import type { Located } from '../../model/location.ts';
import type { Documents } from '../documents.ts';
import { parseEnvFile } from '../env-file.ts';
import { insideRepository } from '../paths.ts';
import { interpolate } from './interpolate.ts';
import type { ComposeModel } from './load.ts';
import { asMapping } from './merge.ts';
import type { Part } from './part.ts';
import { entriesOf, itemsOf, partAt, textOf } from './part.ts';

/**
 * A service's environment: `env_file` first, `environment` over it. A name without a value takes the project's variable,
 * and is null where there is none.
 */
export function environmentOf(
  documents: Documents,
  model: ComposeModel,
  service: Part,
): Map<string, Located<string | null>> {
  const environment = new Map<string, Located<string | null>>();
  for (const item of itemsOf(partAt(service, 'env_file'))) {
    const path = textOf(item) ?? textOf(partAt(item, 'path')) ?? '';
    const file = item.open ? undefined : insideRepository(model.folder(item), path);
    const text = file === undefined ? undefined : documents.text(file);
    if (file === undefined || text === undefined) continue;
    const expand = (raw: string, known: ReadonlyMap<string, { value: string }>): string =>
      interpolate(raw, (name) => model.lookup(name) ?? known.get(name)?.value).text;
    for (const [name, entry] of parseEnvFile(text, expand))
      environment.set(name, { value: entry.value, at: { file, span: entry.span } });
  }
  const written = partAt(service, 'environment');
  if (written === undefined) return environment;
  for (const [name, part] of entriesOf(asMapping(written, '='))) {
    const value = part.value === null ? (model.lookup(name) ?? null) : (textOf(part) ?? null);
    environment.set(name, { value, at: part.at });
  }
  return environment;
}
