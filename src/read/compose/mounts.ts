import type { Mount } from '../../model/stack.ts';
import { containerPath, insideRepository } from '../paths.ts';
import { flagAt } from '../values.ts';
import type { ComposeModel } from './load.ts';
import type { Part } from './part.ts';
import { itemsOf, partAt, textOf } from './part.ts';

/** Everything a service sees that is not in its image: volumes, tmpfs, secrets and configs, short and long forms. */
export function mountsOf(model: ComposeModel, service: Part): Mount[] {
  const volumes = itemsOf(partAt(service, 'volumes')).flatMap((part) => volumeMount(model, part) ?? []);
  const tmpfs = itemsOf(partAt(service, 'tmpfs')).flatMap((part): Mount[] => {
    const target = textOf(part)?.split(':')[0];
    return target === undefined ? [] : [{ kind: 'tmpfs', source: '', target, readOnly: false, at: part.at }];
  });
  const secrets = itemsOf(partAt(service, 'secrets')).map((part) => fileMount(model, part, 'secret'));
  const configs = itemsOf(partAt(service, 'configs')).map((part) => fileMount(model, part, 'config'));
  return [...volumes, ...tmpfs, ...secrets, ...configs];
}

function volumeMount(model: ComposeModel, part: Part): Mount | undefined {
  if (part.value instanceof Map) {
    const target = textOf(partAt(part, 'target'));
    if (target === undefined) return undefined;
    const type = textOf(partAt(part, 'type')) ?? 'volume';
    const readOnly = flagAt(partAt(part, 'read_only')?.value) ?? false;
    const source = partAt(part, 'source');
    if (type === 'bind') return bind(model, source ?? part, textOf(source) ?? '', target, readOnly, part);
    const kind = type === 'tmpfs' ? 'tmpfs' : 'volume';
    return { kind, source: textOf(source) ?? '', target: containerPath('/', target), readOnly, at: part.at };
  }
  const [source, target, mode] = shortFields(textOf(part) ?? '');
  if (source === '') return undefined;
  if (target === undefined)
    return { kind: 'volume', source: '', target: containerPath('/', source), readOnly: false, at: part.at };
  const readOnly = (mode ?? '').split(',').includes('ro');
  if (/^[./~]|^[A-Za-z]:[\\/]/.test(source)) return bind(model, part, source, target, readOnly, part);
  return { kind: 'volume', source, target: containerPath('/', target), readOnly, at: part.at };
}

/** `source:target:mode`; a Windows drive letter is part of the source. */
function shortFields(text: string): [string, string | undefined, string | undefined] {
  const found = /^([A-Za-z]:[\\/][^:]*|[^:]*)(?::([^:]*))?(?::([^:]*))?/.exec(text);
  return [found?.[1] ?? '', found?.[2], found?.[3]];
}

function bind(model: ComposeModel, from: Part, source: string, target: string, readOnly: boolean, part: Part): Mount {
  const repoPath = from.open === true ? undefined : insideRepository(model.folder(from), source);
  const clean = containerPath('/', target);
  const mount = { kind: 'bind' as const, source, target: clean, readOnly, at: part.at };
  return repoPath === undefined ? mount : { ...mount, repoPath };
}

/** A secret or config of the service: by default at `/run/secrets/NAME` or `/NAME`. */
function fileMount(model: ComposeModel, part: Part, kind: 'secret' | 'config'): Mount {
  const name = textOf(part) ?? textOf(partAt(part, 'source')) ?? '';
  const folder = kind === 'secret' ? '/run/secrets' : '/';
  const target = containerPath(folder, textOf(partAt(part, 'target')) ?? name);
  const file = partAt(model.sections[kind === 'secret' ? 'secrets' : 'configs'].get(name), 'file');
  const source = textOf(file);
  const repoPath =
    file === undefined || file.open || source === undefined ? undefined : insideRepository(model.folder(file), source);
  const mount = { kind, source: source ?? name, target, readOnly: true, at: part.at };
  return repoPath === undefined ? mount : { ...mount, repoPath };
}
