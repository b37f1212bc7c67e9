import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { limitSeconds } from './periods.ts';

/**
 * No query looks further back than `max_query_lookback` (https://grafana.com/docs/loki/v2.9.x/configure/#limits_config).
 */
export const hiddenLines = defineRule({
  id: 'loki/hidden-lines',
  severity: 'warning',
  over: 'loki',
  claim: 'What a Loki keeps, a query can look back to.',
  check: ({ file, service, value }) => {
    const lookback = limitSeconds(value, 'max_query_lookback');
    const retention = limitSeconds(value, 'retention_period');
    if (file === undefined || !lookback || !retention || lookback >= retention) return [];
    const [shown, kept] = ['max_query_lookback', 'retention_period'].map((key) =>
      textValue(value, 'limits_config', key),
    );
    return [
      {
        at: { file, pointer: ['limits_config', 'max_query_lookback'] },
        message: `Loki "${service}" keeps lines for "${kept}" and lets queries look back "${shown}", so the older ones are kept and never seen`,
        related: [{ at: { file, pointer: ['limits_config', 'retention_period'] }, note: 'how long they are kept' }],
        hint: 'Let both be the same',
        facts: { service, lookback: shown ?? '', retention: kept ?? '' },
      },
    ];
  },
});
