import { defineRule } from '../define-rule.ts';

/** Without a limit one service may take the memory of all (https://docs.docker.com/engine/containers/resource_constraints/). */
export const unlimitedService = defineRule({
  id: 'compose/unlimited-service',
  severity: 'warning',
  over: 'service',
  claim: 'Every service has a memory limit.',
  check: (service) =>
    service.limits.memory !== undefined
      ? []
      : [
          {
            at: service.at,
            message: `Service "${service.name}" has no memory limit, so it can take the memory of every other service`,
            hint: 'Set deploy.resources.limits.memory',
            facts: { service: service.name },
          },
        ],
});
