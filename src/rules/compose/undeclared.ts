import type { FindingDraft, Severity } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import type { Repository } from '../../model/repository.ts';
import type { Service, Stack } from '../../model/stack.ts';
import { type Tree, textAt } from '../../model/tree.ts';
import { hasComposeName } from '../../read/compose/candidates.ts';
import { baseOf, folderOf } from '../../read/paths.ts';

/** Something that a service uses and the compose file does not declare. */
export interface Undeclared {
  readonly kind: 'volume' | 'network' | 'secret' | 'config' | 'service';
  readonly name: string;
  readonly service: Service;
  readonly at: Place;
}

/** Says so, or nothing where the name is filled in elsewhere. */
export function undeclared(
  { repository, stack }: { repository: Repository; stack: Stack },
  use: Undeclared,
): FindingDraft[] {
  const { kind, name, service, at } = use;
  const verb = kind === 'service' ? 'needs' : 'uses';
  if (name.includes('$') || isFilledIn(stack, at) || hasUnknownParts(repository, stack)) return [];
  const facts = { service: service.name, [kind === 'service' ? 'dependency' : kind]: name };
  const neighbour = declaredBeside(repository.tree, stack, use);
  if (neighbour !== undefined) {
    const message = `Service "${service.name}" ${verb} the ${kind} "${name}", which only "${neighbour}" declares, so whether both files are always used together cannot be told`;
    return [{ at, severity: 'info', message, facts }];
  }
  // A service of a profile is only looked at once its profile is on.
  const hasProfile = Array.isArray(service.definition['profiles']);
  const severity: { severity?: Severity } = hasProfile ? { severity: 'warning' } : {};
  return [
    {
      at,
      message: `Service "${service.name}" ${verb} the ${kind} "${name}", which the file does not declare, so compose refuses the file`,
      hint: `Declare it under "${kind}s" at the top of the file`,
      facts,
      ...severity,
    },
  ];
}

/** A name with a variable, be it one with a default, may be another on the server. */
export function isFilledIn({ variables }: Stack, { file, pointer = [] }: Place): boolean {
  const here = JSON.stringify(pointer).slice(0, -1);
  return variables.some(({ at }) => at.file === file && JSON.stringify(at.pointer ?? []).startsWith(here));
}

/** An included file that cannot be read may declare anything. */
export function hasUnknownParts(repository: Repository, stack: Stack): boolean {
  return repository.faults.some(
    (fault) => fault.rule === 'compose/unresolved-include' && fault.at.file === stack.composeFile,
  );
}

/** Compose files of one folder are often started together with several `-f`. */
export function declaredBeside(
  tree: Tree,
  stack: Stack,
  { kind, name }: Pick<Undeclared, 'kind' | 'name'>,
): string | undefined {
  const folder = folderOf(stack.composeFile);
  // `docker-compose.prod.yml` is laid over another file, which may lie elsewhere.
  const isOverlay = !/^(?:docker-)?compose\.ya?ml$/.test(baseOf(stack.composeFile));
  const key = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const declares = new RegExp(`^["']?${kind}s["']?:[^\\S\\n]*\\n(?:[ \\t#].*\\n|\\n)*?[ \\t]+["']?${key}["']?:`, 'm');
  return [...tree.files.keys()]
    .filter((path) => path !== stack.composeFile && /\.ya?ml$/.test(baseOf(path)))
    .filter((path) => folderOf(path) === folder || (isOverlay && hasComposeName(path)))
    .sort()
    .find((path) => declares.test(textAt(tree, path) ?? ''));
}
