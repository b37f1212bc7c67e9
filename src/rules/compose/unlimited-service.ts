import { defineRule } from '../define-rule.ts';
import { toldOnce } from '../support/told-once.ts';

/** Without a limit one service may take the memory of all (https://docs.docker.com/engine/containers/resource_constraints/). */
export const unlimitedService = defineRule({
  id: 'compose/unlimited-service',
  severity: 'warning',
  over: 'stack',
  claim: 'Every service has a memory limit.',
  check: ({ services }) =>
    toldOnce(
      services.filter(({ limits }) => limits.memory === undefined),
      {
        one: 'has no memory limit, so it can take the memory of every other service',
        several: 'have no memory limit, so one of them can take the memory of all',
        hint: 'Set deploy.resources.limits.memory',
      },
    ),
});
