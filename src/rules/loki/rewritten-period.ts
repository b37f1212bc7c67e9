import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { type Period, periodsOf } from './periods.ts';

/**
 * What is stored is read by the period of its day. A period that has begun is never changed; a new one is added behind it
 * (https://grafana.com/docs/loki/v2.9.x/operations/storage/schema/#changing-the-schema).
 */
export const rewrittenPeriod = defineRule({
  id: 'loki/rewritten-period',
  severity: 'warning',
  over: 'loki',
  claim: 'A period of Loki that has begun stays as it was before the plan.',
  check: ({ file, service, value }, { repository: { base }, today }) => {
    const before = base?.stacks.flatMap(({ loki }) => loki).filter(({ file: one }) => one !== undefined) ?? [];
    const same = before.filter((one) => one.service === service);
    const [old] = same.length > 0 ? same : before;
    if (file === undefined || old === undefined || before.length > 1) return [];
    const now = periodsOf(value);
    if (now.length === 0) return [];
    return periodsOf(old.value).flatMap((period): FindingDraft[] => {
      if (period.from === undefined || period.from > today || now.some((one) => agree(one, period))) return [];
      const changed = now.find((one) => one.from === period.from) ?? now[0];
      return [
        {
          at: { file, pointer: changed?.pointer ?? ['schema_config'] },
          message: `The period from "${period.from}" (${period.store}, ${period.schema}, "${period.prefix}") of "${old.file}" is not kept, so what Loki "${service}" stored by it cannot be read any more`,
          hint: 'Keep the period as it was and add a new one behind it, with a date in the future',
          facts: { service, from: period.from, before: old.file ?? '' },
        },
      ];
    });
  },
});

function agree(one: Period, other: Period): boolean {
  return (['from', 'store', 'objectStore', 'schema', 'prefix', 'hours'] as const).every(
    (key) => one[key] === other[key],
  );
}
