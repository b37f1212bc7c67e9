import { imageFacts } from '../../catalog/images.ts';
import type { FindingDraft } from '../../model/finding.ts';
import type { Mount, Service } from '../../model/stack.ts';
import { kindAt } from '../../model/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isOfItsMakers } from '../support/makers.ts';

/** Endings that only files have; `conf.d` is a folder. */
const fileEnding = /\.(?:ya?ml|json|ini|toml|conf|cfg|tmpl|env|crt|pem|key|txt|sh|prom|rules)$/;

/**
 * `not a directory: Are you trying to mount a directory onto a file (or vice-versa)?`: the engine does not start a container
 * whose mount meets the other kind (https://docs.docker.com/engine/storage/bind-mounts/).
 */
export const wrongKindSource = defineRule({
  id: 'compose/wrong-kind-source',
  severity: 'error',
  over: 'service',
  claim: 'Every mount puts a file where a file belongs, and a folder where a folder belongs.',
  check: (service, { repository: { tree } }) =>
    service.mounts.flatMap((mount): FindingDraft[] => {
      const { kind, repoPath, source, target, at } = mount;
      const is = kind === 'bind' && repoPath !== undefined ? kindAt(tree, repoPath) : 'absent';
      const wanted = wantedAt(service, mount);
      if (is === 'absent' || wanted === undefined || wanted.kind === is) return [];
      const follows = wanted.certain ? 'so its container does not start' : 'so the program finds a folder there';
      return [
        {
          at,
          message: `"${source}" is a ${is}, and service "${service.name}" has a ${wanted.kind} at "${target}", ${follows}`,
          hint: `Mount a ${wanted.kind} there`,
          facts: { service: service.name, source, target, is },
          ...(wanted.certain ? {} : { severity: 'warning' as const }),
        },
      ];
    }),
});

interface Wanted {
  readonly kind: 'file' | 'folder';
  /** The image itself holds something of this kind there. */
  readonly certain: boolean;
}

function wantedAt(service: Service, { target }: Mount): Wanted | undefined {
  if (service.product !== undefined && isOfItsMakers(service)) {
    const { files, folders } = imageFacts[service.product];
    if (files.includes(target)) return { kind: 'file', certain: true };
    if (folders.includes(target)) return { kind: 'folder', certain: true };
  }
  return fileEnding.test(target) ? { kind: 'file', certain: false } : undefined;
}
