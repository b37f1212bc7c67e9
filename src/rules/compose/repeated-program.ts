import type { FindingDraft } from '../../model/finding.ts';
import type { Product } from '../../model/stack.ts';
import { baseOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { isOfItsMakers } from '../support/makers.ts';

const programs: Partial<Record<Product, string>> = {
  prometheus: 'prometheus',
  alertmanager: 'alertmanager',
  'node-exporter': 'node_exporter',
};

/**
 * `command` follows the entrypoint of the image (https://docs.docker.com/reference/compose-file/services/#command), which is the
 * program itself: its name once more is an argument it does not know (`unexpected prometheus`), and it ends.
 */
export const repeatedProgram = defineRule({
  id: 'compose/repeated-program',
  severity: 'error',
  over: 'service',
  claim: 'No command names the program that its image starts already.',
  check: (service): FindingDraft[] => {
    const { name, product, command, definition } = service;
    const program = product === undefined ? undefined : programs[product];
    const [first] = command;
    if (first === undefined || first.value.startsWith('-') || program === undefined) return [];
    if (baseOf(first.value) !== program) return [];
    if (definition['entrypoint'] !== undefined || !isOfItsMakers(service)) return [];
    return [
      {
        at: first.at,
        message: `Service "${name}" has the command "${first.value}", and its image starts with that program already, so it ends over an argument it does not know`,
        hint: `Begin the command with the first flag`,
        facts: { service: name, program },
      },
    ];
  },
});
