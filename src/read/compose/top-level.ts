import type { TopLevel } from '../../model/stack.ts';
import { flagAt, isMapping } from '../values.ts';
import type { Part } from './part.ts';
import { keyOf, partAt, plainOf, textOf } from './part.ts';

/** The named volumes, networks, secrets or configurations at the top of a compose file, with the names the engine will use. */
export function topLevels(parts: ReadonlyMap<string, Part>, project: string): TopLevel[] {
  return [...parts].map(([name, part]) => {
    const mark = partAt(part, 'external');
    const external = mark?.value instanceof Map || (flagAt(mark?.value) ?? false);
    const written = textOf(partAt(part, 'name')) ?? textOf(partAt(mark, 'name'));
    const definition = plainOf(part);
    return {
      name,
      engineName: written ?? (external ? name : `${project}_${name}`),
      external,
      at: keyOf(part.at),
      definition: isMapping(definition) ? definition : {},
    };
  });
}
