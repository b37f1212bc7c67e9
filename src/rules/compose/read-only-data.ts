import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import type { Mount, Service, Stack } from '../../model/stack.ts';
import { flagValue } from '../../read/flags.ts';
import { containerPath } from '../../read/paths.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/**
 * The root of a `read_only` service can be written nowhere but on mounts. The images of Prometheus and Alertmanager declare a
 * volume of their own at `/prometheus` and `/alertmanager` (https://github.com/prometheus/prometheus/blob/v2.47.0/Dockerfile),
 * so these stay writable; those of Grafana and Loki declare none.
 */
export const readOnlyData = defineRule({
  id: 'compose/read-only-data',
  severity: 'error',
  over: 'service',
  claim: 'Every service whose root is read-only has a writable mount where it keeps its data.',
  check: (service, { stack }): FindingDraft[] => {
    const { name, readOnly, definition } = service;
    if (readOnly?.value !== true || 'build' in definition || 'volumes_from' in definition) return [];
    const path = dataPaths(stack, service).find(
      (one) => !one.includes('$') && !service.mounts.some((mount) => isWritable(mount) && touches(mount, one)),
    );
    if (path === undefined) return [];
    return [
      {
        at: readOnly.at,
        message: `Service "${name}" is read-only and has no writable mount at "${path}", where it keeps its data, so it does not start`,
        related: [{ at: service.at, note: 'the mounts of this service' }],
        hint: `Mount a volume at "${path}"`,
        facts: { service: name, path },
      },
    ];
  },
});

function dataPaths(stack: Stack, service: Service): string[] {
  const { product, image, environment } = service;
  if (image?.value.includes('bitnami') === true) return [];
  if (product === 'prometheus') return outside('/prometheus', flagValue(service, 'storage.tsdb.path')?.value);
  if (product === 'alertmanager') return outside('/alertmanager', flagValue(service, 'storage.path')?.value);
  if (product === 'grafana') {
    const settings = stack.grafana.find((one) => one.service === service.name)?.settings;
    const database = settings?.get('database.type')?.value ?? 'sqlite3';
    const elsewhere =
      database !== 'sqlite3' || settings?.has('database.url') === true || settings?.has('database.path') === true;
    return elsewhere ? [] : [environment.get('GF_PATHS_DATA')?.value ?? '/var/lib/grafana'];
  }
  // Parts of a Loki that is taken apart may keep nothing.
  if (product !== 'loki' || (flagValue(service, 'target')?.value ?? 'all') !== 'all') return [];
  const config = stack.loki.find((one) => one.service === service.name);
  return lokiPaths.flatMap((pointer) => {
    const written = textValue(config?.value, ...pointer);
    return written?.startsWith('/') === true ? [containerPath('/', written)] : [];
  });
}

/** Folders that Loki makes at its start (https://grafana.com/docs/loki/v2.9.x/configure/). */
const lokiPaths: readonly Pointer[] = [
  ['common', 'path_prefix'],
  ['common', 'storage', 'filesystem', 'chunks_directory'],
  ['storage_config', 'filesystem', 'directory'],
  ['storage_config', 'tsdb_shipper', 'active_index_directory'],
  ['storage_config', 'boltdb_shipper', 'active_index_directory'],
  ['compactor', 'working_directory'],
];

/** The path of a flag, where it does not lie on the volume that the image declares. */
function outside(declared: string, written: string | undefined): string[] {
  if (written === undefined || written === '') return [];
  const path = containerPath(declared, written);
  return `${path}/`.startsWith(`${declared}/`) ? [] : [path];
}

function isWritable({ kind, readOnly }: Mount): boolean {
  return !readOnly && (kind === 'tmpfs' || kind === 'volume' || kind === 'bind');
}

/** A mount above the path holds it; one below may be all that is written to. */
function touches(mount: Mount, path: string): boolean {
  const [target, wanted] = [`${mount.target.replace(/\/+$/, '')}/`, `${path}/`];
  return wanted.startsWith(target) || target.startsWith(wanted);
}
