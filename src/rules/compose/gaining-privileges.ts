import { defineRule } from '../define-rule.ts';
import { isForSwarm } from '../support/swarm.ts';
import { toldOnce } from '../support/told-once.ts';

/** A program with the setuid bit gives its caller more rights unless `no-new-privileges` is set (https://docs.docker.com/reference/cli/docker/container/run/#security-opt). */
export const gainingPrivileges = defineRule({
  id: 'compose/gaining-privileges',
  severity: 'warning',
  over: 'stack',
  claim: 'No monitoring product can gain privileges it was not started with.',
  check: (stack) => {
    const open = (isForSwarm(stack) ? [] : stack.services).filter(
      ({ product, privileged, securityOptions }) =>
        product !== undefined &&
        privileged?.value !== true &&
        !securityOptions.some(({ value }) => /^no-new-privileges(?:[:=]true)?$/.test(value)),
    );
    return toldOnce(open, {
      one: 'can gain privileges it was not started with, so a fault in it reaches further',
      several: 'can gain privileges they were not started with, so a fault in one reaches further',
      hint: 'Set "security_opt: [no-new-privileges:true]"',
    });
  },
});
