import { defineRule } from '../define-rule.ts';

/** `privileged` gives a container every capability and device of the host (https://docs.docker.com/reference/compose-file/services/#privileged). */
export const privilegedService = defineRule({
  id: 'compose/privileged-service',
  severity: 'warning',
  over: 'service',
  claim: 'No service is privileged.',
  check: (service) => {
    if (service.privileged?.value !== true) return [];
    const bound = service.securityOptions.find((option) => /^no-new-privileges(?:[:=]true)?$/.test(option.value));
    return [
      {
        at: service.privileged.at,
        message: `Service "${service.name}" is privileged, so whoever gets into it has the host`,
        hint: 'Give it the devices and capabilities it needs instead',
        facts: { service: service.name },
        ...(bound === undefined
          ? {}
          : { related: [{ at: bound.at, note: '"no-new-privileges" does not take away what "privileged" gives' }] }),
      },
    ];
  },
});
