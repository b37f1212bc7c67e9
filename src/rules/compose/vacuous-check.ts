import type { FindingDraft } from '../../model/finding.ts';
import { baseOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { type Command, healthCheckOf } from '../support/health-check.ts';

/** A check is worth what it can fail of (https://docs.docker.com/reference/compose-file/services/#healthcheck). */
export const vacuousCheck = defineRule({
  id: 'compose/vacuous-check',
  severity: 'warning',
  over: 'service',
  claim: 'Every health check can fail.',
  check: (service): FindingDraft[] => {
    const check = healthCheckOf(service);
    const last = check?.commands.at(-1);
    if (check === undefined || last === undefined || !alwaysHolds(last, check.commands.length)) return [];
    return [
      {
        at: check.at,
        message: `The health check of service "${service.name}" can never fail, so a hung program counts as healthy`,
        hint: 'Ask the program itself, and let the check end as the question does',
        facts: { service: service.name },
      },
    ];
  },
});

function alwaysHolds({ words, after }: Command, count: number): boolean {
  const [program = '', argument] = words;
  const holds = ['true', ':', 'echo'].includes(baseOf(program)) || (program === 'exit' && argument === '0');
  return holds && (count === 1 || after === '||' || after === ';');
}
