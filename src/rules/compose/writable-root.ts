import { defineRule } from '../define-rule.ts';
import { toldOnce } from '../support/told-once.ts';

/** https://docs.docker.com/reference/compose-file/services/#read_only */
export const writableRoot = defineRule({
  id: 'compose/writable-root',
  severity: 'info',
  over: 'stack',
  claim: 'Every monitoring product has a root file system that it cannot change.',
  check: ({ services }) =>
    toldOnce(
      services.filter(({ product, readOnly }) => product !== undefined && readOnly?.value !== true),
      {
        one: 'can write to its root file system, so whoever gets into it can leave something there',
        several: 'can write to their root file systems, so whoever gets into one can leave something there',
        hint: 'Set "read_only: true" and mount what must be written',
      },
    ),
});
