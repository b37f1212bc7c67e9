import type { FindingDraft } from '../../model/finding.ts';
import type { Product } from '../../model/stack.ts';
import { defineRule } from '../define-rule.ts';
import { dataPathOf, mountOf } from '../support/data-path.ts';
import { isOfItsMakers } from '../support/makers.ts';

const lost: Partial<Record<Product, string>> = {
  prometheus: 'every series so far',
  alertmanager: 'every silence, and tells again what it told before',
  grafana: 'every user, token and dashboard that is in no file',
};

/**
 * What lies in the container itself, in a volume without a name or in memory is gone after `docker compose down`
 * (https://docs.docker.com/engine/storage/volumes/#named-and-anonymous-volumes).
 */
export const unkeptData = defineRule({
  id: 'compose/unkept-data',
  severity: 'warning',
  over: 'service',
  claim: 'Every service that keeps data keeps it on a named volume or on the host.',
  check: (service, { stack }): FindingDraft[] => {
    const { product, name, definition } = service;
    const what = product === undefined ? undefined : lost[product];
    const path = dataPathOf(stack, service);
    if (what === undefined || path === undefined || !isOfItsMakers(service) || 'volumes_from' in definition) return [];
    // A script or a shell before the program may name another place.
    if (definition['entrypoint'] !== undefined) return [];
    const mount = mountOf(service, path);
    if (mount?.kind === 'bind' || (mount?.kind === 'volume' && mount.source !== '')) return [];
    const where =
      mount === undefined
        ? 'which is on no mount'
        : mount.kind === 'tmpfs'
          ? 'which is in memory'
          : 'on a volume without a name';
    return [
      {
        at: mount?.at ?? service.at,
        message: `Service "${name}" keeps its data at "${path}", ${where}, so a container made anew after "docker compose down" has lost ${what}`,
        hint: `Mount a named volume at "${path}"`,
        facts: { service: name, path },
        ...(product === 'prometheus' ? {} : { severity: 'info' as const }),
      },
    ];
  },
});
