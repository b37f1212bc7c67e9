import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { hasCapability } from '../support/capabilities.ts';
import { dataPathOf, mountOf } from '../support/data-path.ts';
import { factsOf, uidOf } from '../support/image-facts.ts';

/**
 * A new named volume takes the owner that the folder has in the image, and root where the image has no such folder
 * (https://docs.docker.com/engine/storage/volumes/#populate-a-volume-using-a-container). An old volume, or a folder of
 * the host, may belong to anybody: that is not known here. Root writes everywhere by the capability `DAC_OVERRIDE`, and
 * without it no more than anybody.
 */
export const unwritableData = defineRule({
  id: 'compose/unwritable-data',
  severity: 'warning',
  over: 'service',
  claim: 'Every service can write where it keeps its data.',
  check: (service, { stack }): FindingDraft[] => {
    const [facts, uid, path] = [factsOf(service)?.data, uidOf(service), dataPathOf(stack, service)];
    if (facts === undefined || uid === undefined || path === undefined) return [];
    if (uid === 0 && hasCapability(service, 'DAC_OVERRIDE')) return [];
    const mount = mountOf(service, path);
    if (mount === undefined || service.definition['entrypoint'] !== undefined) return [];
    if (mount.kind === 'bind') {
      if (mount.repoPath === undefined || mount.readOnly) return [];
      const message = `Service "${service.name}" runs as ${uid} and keeps its data in the folder "${mount.source}" of the host, so whether it can write there cannot be told`;
      const hint = `See that the folder belongs to ${uid} before the first start`;
      return [{ at: mount.at, severity: 'info', message, hint, facts: { service: service.name, uid, path } }];
    }
    const volume = stack.volumes.find(({ name }) => name === mount.source);
    const foreign = volume?.external === true || 'driver_opts' in (volume?.definition ?? {});
    if (mount.kind !== 'volume' || foreign) return [];
    const inImage = mount.target === facts.path;
    const owner = inImage ? facts.owner : 0;
    if (uid === owner || (inImage && facts.open)) return [];
    return [
      {
        at: service.user?.at ?? mount.at,
        message: `Service "${service.name}" runs as ${uid}, and a new volume at "${mount.target}" belongs to ${owner}, so it cannot write its data`,
        related: [{ at: mount.at, note: 'the volume' }],
        hint: inImage ? `Run it as ${owner}, the user of the image` : `Mount the volume at "${facts.path}"`,
        facts: { service: service.name, uid, owner, path },
      },
    ];
  },
});
