import type { Located } from '../../model/location.ts';
import type { Limits } from '../../model/stack.ts';
import { byteSize } from '../sizes.ts';
import type { Part } from './part.ts';
import { partAt, textOf } from './part.ts';

/** Upper limits of a service: `deploy.resources.limits`, else the older `mem_limit` and `cpus`. */
export function limitsOf(service: Part): Limits {
  const deploy = partAt(service, 'deploy', 'resources', 'limits');
  return limits(
    partAt(deploy, 'memory') ?? partAt(service, 'mem_limit'),
    partAt(deploy, 'cpus') ?? partAt(service, 'cpus'),
  );
}

/** What a service is promised: `deploy.resources.reservations`, else the older `mem_reservation`. */
export function reservationsOf(service: Part): Limits {
  const deploy = partAt(service, 'deploy', 'resources', 'reservations');
  return limits(partAt(deploy, 'memory') ?? partAt(service, 'mem_reservation'), partAt(deploy, 'cpus'));
}

function limits(memory: Part | undefined, cpus: Part | undefined): Limits {
  const bytes = located(memory, byteSize);
  const processors = located(cpus, (text) => (/^\d*\.?\d+$/.test(text) ? Number(text) : undefined));
  return { ...(bytes ? { memory: bytes } : {}), ...(processors ? { cpus: processors } : {}) };
}

function located(part: Part | undefined, read: (text: string) => number | undefined): Located<number> | undefined {
  const value = read(textOf(part) ?? '');
  return part === undefined || value === undefined ? undefined : { value, at: part.at };
}
