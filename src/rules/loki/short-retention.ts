import { durationSeconds } from '../../model/duration.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { parseLogql } from '../../query/logql.ts';
import { flagAt, listAt, mappingAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { limitSeconds } from './periods.ts';

const day = 86_400;

/**
 * The least that Loki keeps is a day: its tables are of 24 hours, and it refuses a rule of `retention_stream` that is shorter
 * (https://grafana.com/docs/loki/v2.9.x/operations/storage/retention/).
 */
export const shortRetention = defineRule({
  id: 'loki/short-retention',
  severity: 'error',
  over: 'loki',
  claim: 'Every retention of a Loki is a day or longer, and one that deletes has a length.',
  check: ({ file, service, value }): FindingDraft[] => {
    if (file === undefined) return [];
    const streams = listAt(value, 'limits_config', 'retention_stream').flatMap((rule, index): FindingDraft[] => {
      const pointer = ['limits_config', 'retention_stream', index];
      const selector = textValue(rule, 'selector') ?? '';
      const { problems, metric } = parseLogql(selector);
      const facts = { service, selector };
      if (problems.length > 0 || metric || !/\}\s*$/.test(selector))
        return [
          {
            at: { file, pointer: [...pointer, ...('selector' in Object(rule) ? ['selector'] : [])] },
            message: `"${selector}" is no selector of streams to keep for a time of their own, so Loki "${service}" does not start`,
            hint: 'Write matchers alone, as in {level="debug"}',
            facts,
          },
        ];
      const period = textValue(rule, 'period') ?? '0s';
      const seconds = durationSeconds(period);
      if (seconds === undefined || seconds >= day || period.includes('$')) return [];
      return [
        {
          at: { file, pointer: [...pointer, ...('period' in Object(rule) ? ['period'] : [])] },
          message: `A stream of Loki "${service}" is kept for "${period}", less than the day that Loki asks for, so it does not start`,
          hint: 'Write 24h or more',
          facts,
        },
      ];
    });
    const own = ownProblem(value);
    if (own === undefined) return streams;
    const { key, problem, hint } = own;
    return [
      ...streams,
      {
        at: { file, pointer: key },
        severity: 'warning',
        message: `Loki "${service}" ${problem}`,
        hint,
        facts: { service },
      },
    ];
  },
});

function ownProblem(value: unknown): { key: string[]; problem: string; hint: string } | undefined {
  const seconds = limitSeconds(value, 'retention_period');
  if (seconds !== undefined && seconds > 0 && seconds < day)
    return {
      key: ['limits_config', 'retention_period'],
      problem: `has a retention of "${textValue(value, 'limits_config', 'retention_period')}", and its tables are of a day, so lines stay longer than that`,
      hint: 'Write 24h or more',
    };
  const deletes = flagAt(value, 'compactor', 'retention_enabled') === true;
  const written = textValue(value, 'limits_config', 'retention_period');
  const others =
    listAt(value, 'limits_config', 'retention_stream').length > 0 ||
    'per_tenant_override_config' in mappingAt(value, 'limits_config') ||
    'runtime_config' in mappingAt(value);
  if (!deletes || others || (written !== undefined && seconds !== 0)) return undefined;
  return {
    key: written === undefined ? ['compactor', 'retention_enabled'] : ['limits_config', 'retention_period'],
    problem: 'has a compactor that deletes and a retention of "0s", so every line is kept for ever',
    hint: 'Set limits_config.retention_period',
  };
}
