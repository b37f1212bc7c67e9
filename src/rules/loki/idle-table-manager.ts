import { flagAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { periodsOf } from './periods.ts';

/**
 * The table manager drops tables of index stores of its own. Of an index that is shipped it knows nothing, nor of the
 * chunks in an object store (https://grafana.com/docs/loki/v2.9.x/operations/storage/retention/#table-manager).
 */
export const idleTableManager = defineRule({
  id: 'loki/idle-table-manager',
  severity: 'warning',
  over: 'loki',
  claim: 'Where a table manager deletes, the index is one that has tables for it.',
  check: ({ file, value }) => {
    if (file === undefined || flagAt(value, 'table_manager', 'retention_deletes_enabled') !== true) return [];
    const shipped = periodsOf(value).filter(({ store }) => store === 'tsdb' || store === 'boltdb-shipper');
    const last = shipped.at(-1);
    if (last === undefined || flagAt(value, 'compactor', 'retention_enabled') === true) return [];
    return [
      {
        at: { file, pointer: ['table_manager', 'retention_deletes_enabled'] },
        message: `The table manager of "${file}" does not delete the lines of a "${last.store}" index, so they are kept for ever`,
        related: [{ at: { file, pointer: [...last.pointer, 'store'] }, note: 'the index' }],
        hint: 'Delete with the compactor: compactor.retention_enabled and limits_config.retention_period',
        facts: { store: last.store },
      },
    ];
  },
});
