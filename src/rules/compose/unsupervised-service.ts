import type { Service } from '../../model/stack.ts';
import { textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { isForSwarm } from '../support/swarm.ts';
import { toldOnce } from '../support/told-once.ts';

/** Without a policy the engine leaves a container that ended where it is, after a restart of the host too (https://docs.docker.com/reference/compose-file/services/#restart). */
export const unsupervisedService = defineRule({
  id: 'compose/unsupervised-service',
  severity: 'warning',
  over: 'stack',
  claim: 'Every monitoring product is started again when it ends.',
  check: (stack) => {
    const left = stack.services.filter((service) => service.product !== undefined && !isStartedAgain(service));
    return toldOnce(isForSwarm(stack) ? [] : left, {
      one: 'has no restart policy, so nobody starts it again after a fault or a restart of the host',
      several: 'have no restart policy, so nobody starts them again after a fault or a restart of the host',
      hint: 'Set "restart: unless-stopped"',
    });
  },
});

function isStartedAgain({ definition }: Service): boolean {
  const written = textValue(definition, 'restart');
  if (written !== undefined) return written !== 'no' && written !== 'false';
  return valueAt(definition, 'deploy', 'restart_policy') !== undefined || 'extends' in definition;
}
