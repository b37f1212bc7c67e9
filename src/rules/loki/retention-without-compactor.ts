import { flagAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/**
 * A retention period is only a number until the compactor is told to delete
 * (https://grafana.com/docs/loki/latest/operations/storage/retention/).
 */
export const retentionWithoutCompactor = defineRule({
  id: 'loki/retention-without-compactor',
  severity: 'error',
  over: 'loki',
  claim: 'Where a Loki has a retention period, its compactor deletes.',
  check: ({ service, file, value }, { stack }) => {
    const period = textValue(value, 'limits_config', 'retention_period');
    if (file === undefined || period === undefined || /^0+[a-z]*$/.test(period) || period.includes('$')) return [];
    const command = stack.services.find((one) => one.name === service)?.command ?? [];
    const deletes =
      flagAt(value, 'compactor', 'retention_enabled') === true ||
      flagAt(value, 'table_manager', 'retention_deletes_enabled') === true ||
      textValue(value, 'compactor', 'retention_enabled')?.includes('$') === true ||
      command.some((word) =>
        /^--?(compactor\.retention-enabled|table-manager\.retention-deletes-enabled)/.test(word.value),
      );
    if (deletes) return [];
    const pointer = ['limits_config', 'retention_period'];
    return [
      {
        at: { file, pointer },
        message: `Loki "${service}" has a retention period of "${period}" and a compactor that does not delete, so every line is kept for ever`,
        hint: 'Set compactor.retention_enabled to true',
        facts: { service, period },
      },
    ];
  },
});
