import { defineRule } from '../define-rule.ts';
import { undeclared } from './undeclared.ts';

/** `service "…" refers to undefined volume …` (https://docs.docker.com/reference/compose-file/volumes/). */
export const undeclaredVolume = defineRule({
  id: 'compose/undeclared-volume',
  severity: 'error',
  over: 'service',
  claim: 'Every named volume that a service mounts is declared.',
  check: (service, context) =>
    service.mounts
      .filter(({ kind, source }) => kind === 'volume' && source !== '')
      .filter(({ source }) => !context.stack.volumes.some((volume) => volume.name === source))
      .flatMap(({ source, at }) => undeclared(context, { kind: 'volume', name: source, service, at })),
});
