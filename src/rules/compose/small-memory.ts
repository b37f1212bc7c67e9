import type { FindingDraft } from '../../model/finding.ts';
import type { Place, Pointer } from '../../model/location.ts';
import type { Service, Stack } from '../../model/stack.ts';
import { flagValue } from '../../read/flags.ts';
import { byteSize } from '../../read/sizes.ts';
import { flagAt, isMapping, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/** Something that is promised more memory than there may be. */
interface Demand {
  readonly bytes: number;
  readonly what: string;
  readonly at: Place;
}

/**
 * The engine ends a container that goes over its limit (https://docs.docker.com/engine/containers/resource_constraints/#memory).
 * Loki fills its caches and what it replays up to what is configured
 * (https://grafana.com/docs/loki/v2.9.x/configure/#cache_config, `#ingester`), a Go program its heap up to `GOMEMLIMIT`, and
 * Prometheus holds up to `--query.max-samples` samples of 16 bytes for a query
 * (https://prometheus.io/docs/prometheus/2.47/command-line/prometheus/).
 */
export const smallMemory = defineRule({
  id: 'compose/small-memory',
  severity: 'warning',
  over: 'service',
  claim: 'Every memory limit is above what the service may fill by its own settings.',
  check: (service, { stack }): FindingDraft[] => {
    const limit = service.limits.memory;
    if (limit === undefined || limit.value === 0) return [];
    return [...ofGo(service), ...ofPrometheus(service), ...ofLoki(stack, service)]
      .filter(({ bytes }) => bytes >= limit.value)
      .map(({ bytes, what, at }) => ({
        at: limit.at,
        message: `Service "${service.name}" has a memory limit of ${megabytes(limit.value)}, and ${what} may take ${megabytes(bytes)}, so the engine ends it before that is full`,
        related: [{ at, note: 'the setting' }],
        hint: 'Allow more memory, or set less',
        facts: { service: service.name, limit: limit.value, wanted: bytes },
      }));
  },
});

function ofGo({ environment }: Service): Demand[] {
  const written = environment.get('GOMEMLIMIT');
  const bytes = /^\d+[KMGT]?i?B?$/.test(written?.value ?? '') ? byteSize(written?.value ?? '') : undefined;
  return written === undefined || bytes === undefined ? [] : [{ bytes, what: '"GOMEMLIMIT"', at: written.at }];
}

function ofPrometheus(service: Service): Demand[] {
  const written = service.product === 'prometheus' ? flagValue(service, 'query.max-samples') : undefined;
  const samples = /^\d+$/.test(written?.value ?? '') ? Number(written?.value) : 0;
  if (written === undefined || samples === 0) return [];
  return [{ bytes: samples * 16, what: 'the samples of one query ("--query.max-samples")', at: written.at }];
}

function ofLoki(stack: Stack, service: Service): Demand[] {
  const config = stack.loki.find((one) => one.service === service.name);
  const file = config?.file;
  if (config === undefined || file === undefined) return [];
  const caches = cachesIn(config.value, []);
  const [first] = caches;
  const total = caches.reduce((sum, { bytes }) => sum + bytes, 0);
  const held: Demand[] =
    first === undefined ? [] : [{ bytes: total, what: 'its caches', at: { file, pointer: first.pointer } }];
  const pointer = ['ingester', 'wal', 'replay_memory_ceiling'];
  const replay = byteSize(textValue(config.value, ...pointer) ?? '');
  return replay === undefined
    ? held
    : [...held, { bytes: replay, what: 'what it replays at start', at: { file, pointer } }];
}

/** Every cache that Loki keeps in its own memory, wherever it is configured; 100 MB where no size is written. */
function cachesIn(value: unknown, pointer: Pointer): { readonly bytes: number; readonly pointer: Pointer }[] {
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, held]) => {
    const here = [...pointer, key];
    if (key !== 'embedded_cache') return cachesIn(held, here);
    const size = Number(textValue(held, 'max_size_mb') ?? 100);
    return flagAt(held, 'enabled') === true && size > 0 ? [{ bytes: size * 1024 ** 2, pointer: here }] : [];
  });
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MB`;
}
