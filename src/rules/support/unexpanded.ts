import type { FindingDraft } from '../../model/finding.ts';
import type { Service } from '../../model/stack.ts';
import type { Tree } from '../../model/tree.ts';
import { flagValue } from '../../read/flags.ts';
import { valueAt } from '../../read/values.ts';
import type { ShapeProblem } from '../../schema/problems.ts';
import { mayBeFilledIn, placeholdersIn } from './placeholders.ts';

/** Whether a Loki or Promtail fills `${NAME}` in as it reads its file: only with `-config.expand-env`. */
export function expandsVariables(service: Service): boolean {
  const flag = flagValue(service, 'config.expand-env');
  return flag !== undefined && flag.value !== 'false';
}

/** Variables that stand in a file of Loki or Promtail, which is read as it is. */
export function unexpandedIn(
  tree: Tree,
  service: Service,
  product: string,
  file: string,
  value: unknown,
): FindingDraft[] {
  if (expandsVariables(service)) return [];
  const filled = mayBeFilledIn(tree, service, file);
  return placeholdersIn(value)
    .filter(({ text }) => text.startsWith('${'))
    .filter(({ pointer }) => !pointer.some((step) => step === 'relabel_configs' || step === 'pipeline_stages'))
    .map(({ text, name, pointer, span }) => ({
      at: { file, pointer, span },
      message:
        filled === undefined
          ? `"${text}" is taken as it stands, for ${product} "${service.name}" runs without -config.expand-env`
          : `"${text}" is nothing that ${product} "${service.name}" expands; ${filled}, so what is read cannot be told`,
      hint: 'Start it with -config.expand-env=true, or write the value',
      facts: { service: service.name, variable: name },
      ...(filled === undefined ? {} : { severity: 'info' as const }),
    }));
}

/** The problems of a value without those of a variable: whether it is filled in is another question. */
export function withoutVariables(problems: readonly ShapeProblem[], value: unknown): readonly ShapeProblem[] {
  return problems.filter(({ kind, pointer }) => {
    if (kind === 'unknown-key') return !String(pointer.at(-1)).includes('$');
    return !JSON.stringify(valueAt(value, ...pointer) ?? '').includes('${');
  });
}
