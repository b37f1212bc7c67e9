import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';

const least = 6 * 1024 * 1024;

/**
 * `Minimum memory limit can not be less than memory reservation limit` and `Minimum memory limit allowed is 6MB`: the
 * engine refuses to make the container (https://docs.docker.com/engine/containers/resource_constraints/#memory).
 */
export const impossibleLimit = defineRule({
  id: 'compose/impossible-limit',
  severity: 'error',
  over: 'service',
  claim: 'Every memory limit is one that the engine accepts.',
  check: ({ name, limits, reservations }): FindingDraft[] => {
    const [limit, reserved] = [limits.memory, reservations.memory];
    if (limit === undefined || limit.value === 0) return [];
    if (limit.value < least) {
      return [
        {
          at: limit.at,
          message: `Service "${name}" has a memory limit of "${limit.value}" bytes, and the engine makes no container with less than 6 MB`,
          hint: 'Write the unit, such as 512M',
          facts: { service: name, limit: limit.value },
        },
      ];
    }
    if (reserved === undefined || reserved.value <= limit.value) return [];
    return [
      {
        at: reserved.at,
        message: `Service "${name}" reserves more memory than its limit allows, so the engine does not make its container`,
        related: [{ at: limit.at, note: 'the limit' }],
        hint: 'Reserve less, or allow more',
        facts: { service: name, limit: limit.value, reserved: reserved.value },
      },
    ];
  },
});
