import { defineRule } from '../define-rule.ts';
import { periodsOf } from './periods.ts';

/**
 * A line is kept by the period of its day, and where no period has begun there is none for it
 * (https://grafana.com/docs/loki/v2.9.x/storage/#schema-config).
 */
export const futureSchema = defineRule({
  id: 'loki/future-schema',
  severity: 'warning',
  over: 'loki',
  claim: 'The first period of a Loki has begun.',
  check: ({ file, service, value }, { today }) => {
    const [first] = periodsOf(value);
    if (file === undefined || first?.from === undefined || first.from <= today || !/^\d{4}-/.test(first.from))
      return [];
    return [
      {
        at: { file, pointer: [...first.pointer, 'from'] },
        message: `The first period of Loki "${service}" begins on "${first.from}", so until then it can keep no line`,
        hint: 'Let the first period begin before the first line',
        facts: { service, from: first.from },
      },
    ];
  },
});
