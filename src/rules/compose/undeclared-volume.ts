import type { Mount, Service } from '../../model/stack.ts';
import { listAt, textValue } from '../../read/values.ts';
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
      .filter((mount) => mount.source !== '' && isNamed(service, mount))
      .filter(({ source }) => !context.stack.volumes.some((volume) => volume.name === source))
      .flatMap(({ source, at }) => undeclared(context, { kind: 'volume', name: source, service, at })),
});

/** Long forms of other types (`image`, `cluster`, `npipe`) and Windows pipes name no volume of the file. */
function isNamed({ definition }: Service, { kind, source, target }: Mount): boolean {
  const other = listAt(definition, 'volumes').some((entry) => {
    const type = textValue(entry, 'type') ?? 'volume';
    return type !== 'volume' && textValue(entry, 'source') === source && textValue(entry, 'target') === target;
  });
  return kind === 'volume' && !other && !source.includes('\\');
}
