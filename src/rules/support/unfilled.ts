import type { Located } from '../../model/location.ts';
import type { Stack } from '../../model/stack.ts';

/**
 * Whether a word of a command holds a variable whose value nobody knows here: a file that git ignores or the shell may
 * give it (https://docs.docker.com/compose/how-tos/environment-variables/envvars-precedence/).
 */
export function isUnfilled({ variables }: Stack, { at: { file, pointer = [] } }: Located<string>): boolean {
  return variables.some(
    ({ value, defaulted, at }) =>
      value === undefined && !defaulted && at.file === file && String(at.pointer) === String(pointer),
  );
}
