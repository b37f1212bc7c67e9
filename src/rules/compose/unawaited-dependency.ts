import { defineRule } from '../define-rule.ts';
import { isForSwarm } from '../support/swarm.ts';
import { toldOnce } from '../support/told-once.ts';

/** Without a condition a dependency counts once its container is started, not once it answers (https://docs.docker.com/compose/how-tos/startup-order/). */
export const unawaitedDependency = defineRule({
  id: 'compose/unawaited-dependency',
  severity: 'info',
  over: 'stack',
  claim: 'Every service that waits for one with a health check waits for its health.',
  check: (stack) => {
    const services = isForSwarm(stack) ? [] : stack.services;
    const checked = new Set(services.filter(({ healthcheck }) => healthcheck !== undefined).map(({ name }) => name));
    const early = services.flatMap(({ name, dependsOn }) => {
      const found = dependsOn.find(
        ({ service, condition = 'service_started' }) => condition === 'service_started' && checked.has(service),
      );
      return found === undefined ? [] : [{ name, at: found.at }];
    });
    return toldOnce(early, {
      one: 'waits for a container to start that has a health check, so it may ask before there is an answer',
      several: 'wait for containers to start that have health checks, so they may ask before there is an answer',
      hint: 'Wait with "condition: service_healthy"',
    });
  },
});
