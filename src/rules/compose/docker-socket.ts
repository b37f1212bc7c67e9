import { defineRule } from '../define-rule.ts';

/**
 * Whoever can write to the socket of the engine has the host, and a read-only mount does not change that: it keeps the file,
 * not what is asked through it (https://docs.docker.com/engine/security/#docker-daemon-attack-surface).
 */
export const dockerSocket = defineRule({
  id: 'compose/docker-socket',
  severity: 'warning',
  over: 'service',
  claim: 'No service has the socket of the engine.',
  check: (service) =>
    service.mounts
      .filter(({ kind, source }) => kind === 'bind' && /\/(?:docker|podman)\.sock$/.test(source))
      .map(({ source, readOnly, at }) => {
        const finds = service.product === 'promtail' || service.product === 'cadvisor';
        const guards = /socket-?proxy/.test(service.image?.value ?? '');
        return {
          at,
          message: `Service "${service.name}" mounts "${source}", so whoever gets into it can start containers as root of the host`,
          hint: 'Ask the engine through a proxy that answers only what is needed',
          facts: { service: service.name, source, readOnly },
          ...((finds && readOnly) || guards ? { severity: 'info' as const } : {}),
        };
      }),
});
