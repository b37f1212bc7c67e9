import type { FindingDraft } from '../../model/finding.ts';
import type { Service } from '../../model/stack.ts';
import { flagValue } from '../../read/flags.ts';
import { defineRule } from '../define-rule.ts';
import { mountOf } from '../support/data-path.ts';
import { isOfItsMakers } from '../support/makers.ts';
import { quoteAll } from '../support/quote.ts';

/** Flags of node-exporter that name a mount of the host, and whether it ends where there is none. */
const paths = [
  { flag: 'path.procfs', ends: true },
  { flag: 'path.sysfs', ends: true },
  { flag: 'path.rootfs', ends: false },
];

/** What cAdvisor reads of the host; `/var/run` may be the socket of the engine alone. */
const seen: readonly { readonly target: string; readonly by: RegExp }[] = [
  { target: '/rootfs', by: /^\/rootfs$/ },
  { target: '/var/run', by: /^\/var\/run(?:\/docker\.sock|\/containerd.*)?$|^\/run(?:\/.*)?$/ },
  { target: '/sys', by: /^\/sys(?:\/fs\/cgroup)?$/ },
  { target: '/var/lib/docker', by: /^\/(?:rootfs\/)?var\/lib\/(?:docker|containerd|containers)$|^\/var\/lib$/ },
];

/**
 * https://github.com/prometheus/node_exporter/tree/v1.6.1#docker (a folder that is missing ends it: `failed to open procfs`),
 * https://github.com/google/cadvisor/blob/v0.47.2/docs/running.md
 */
export const missingHostMount = defineRule({
  id: 'compose/missing-host-mount',
  severity: 'error',
  over: 'service',
  claim: 'Every exporter of the host has the mounts that it reads the host from.',
  check: (service): FindingDraft[] => {
    if (!isOfItsMakers(service) || 'volumes_from' in service.definition) return [];
    if (service.product === 'cadvisor') return ofCadvisor(service);
    return service.product === 'node-exporter' ? [...ofFlags(service), ...ofNothing(service)] : [];
  },
});

function ofFlags(service: Service): FindingDraft[] {
  return paths.flatMap(({ flag, ends }): FindingDraft[] => {
    const named = flagValue(service, flag);
    const path = named?.value.replace(/\/+$/, '');
    // What every container has of its own is there without a mount.
    if (named === undefined || !path?.startsWith('/') || /^\/(?:proc|sys)$/.test(path)) return [];
    if (mountOf(service, path) !== undefined) return [];
    const follows = ends ? 'so it does not start' : 'so it finds no file system';
    return [
      {
        at: named.at,
        message: `Service "${service.name}" looks for the host at "${path}" ("--${flag}"), where nothing is mounted, ${follows}`,
        related: [{ at: service.at, note: 'the mounts of this service' }],
        hint: `Mount the folder of the host at "${path}"`,
        facts: { service: service.name, flag, path },
        ...(ends ? {} : { severity: 'warning' as const }),
      },
    ];
  });
}

function ofNothing(service: Service): FindingDraft[] {
  if (
    service.mounts.some(({ kind }) => kind === 'bind') ||
    service.command.some(({ value }) => /path\.rootfs/.test(value))
  )
    return [];
  return [
    {
      at: service.at,
      severity: 'warning',
      message: `Service "${service.name}" mounts nothing of the host, so what it tells of file systems and networks is of its own container`,
      hint: 'Mount "/" at "/host" with "ro,rslave" and give "--path.rootfs=/host"',
      facts: { service: service.name },
    },
  ];
}

function ofCadvisor(service: Service): FindingDraft[] {
  const without = seen.filter(
    ({ by }) => !service.mounts.some(({ target }) => by.test(target.replace(/(?<=.)\/+$/, ''))),
  );
  if (without.length === 0) return [];
  const targets = without.map(({ target }) => target);
  return [
    {
      at: service.at,
      severity: 'warning',
      message: `Service "${service.name}" has no mount at ${quoteAll(targets)}, so figures of other containers, or their names, are missing`,
      hint: 'Mount these folders of the host read-only',
      facts: { service: service.name, targets },
    },
  ];
}
