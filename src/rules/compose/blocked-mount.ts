import type { FindingDraft } from '../../model/finding.ts';
import type { Mount } from '../../model/stack.ts';
import { kindAt } from '../../model/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isIgnored } from '../support/ignored.ts';

/**
 * The engine makes the mount point of a mount inside another one, and cannot where the other is read-only:
 * `mkdir …: read-only file system`, and the container is not made (https://docs.docker.com/engine/storage/bind-mounts/).
 */
export const blockedMount = defineRule({
  id: 'compose/blocked-mount',
  severity: 'error',
  over: 'service',
  claim: 'Every mount inside a read-only mount finds its mount point there.',
  check: (service, { repository: { tree } }) =>
    service.mounts.flatMap((mount): FindingDraft[] => {
      const outer = around(service.mounts, mount);
      if (outer?.repoPath === undefined || !outer.readOnly || kindAt(tree, outer.repoPath) !== 'folder') return [];
      const rest = mount.target.slice(outer.target.replace(/\/+$/, '').length);
      const point = outer.repoPath === '.' ? rest.slice(1) : `${outer.repoPath}${rest}`;
      if (kindAt(tree, point) !== 'absent' || isIgnored(tree, point, true) || isIgnored(tree, point)) return [];
      return [
        {
          at: mount.at,
          message: `Service "${service.name}" mounts at "${mount.target}" inside a read-only mount, and "${point}" is not in the repository, so the engine cannot make the mount point and the container does not start`,
          related: [{ at: outer.at, note: `the read-only mount at "${outer.target}"` }],
          hint: 'Mount it beside the other one, or keep a file of that name in the folder',
          facts: { service: service.name, target: mount.target, outer: outer.target },
        },
      ];
    }),
});

function around(mounts: readonly Mount[], inner: Mount): Mount | undefined {
  return mounts
    .filter((mount) => mount !== inner && inner.target.startsWith(`${mount.target.replace(/\/+$/, '')}/`))
    .sort((a, b) => b.target.length - a.target.length)[0];
}
