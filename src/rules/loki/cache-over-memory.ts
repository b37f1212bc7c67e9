import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import { flagAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

const none: { readonly pointer: Pointer; readonly size: number } = { pointer: [], size: 0 };

const caches: readonly Pointer[] = [
  ['query_range', 'results_cache', 'cache'],
  ['query_range', 'index_stats_results_cache', 'cache'],
  ['chunk_store_config', 'chunk_cache_config'],
  ['chunk_store_config', 'write_dedupe_cache_config'],
  ['storage_config', 'index_queries_cache_config'],
];

/**
 * A cache that is embedded grows to the size it is given; at the memory limit of the container the kernel ends Loki
 * (https://grafana.com/docs/loki/v2.9.x/configure/#cache_config).
 */
export const cacheOverMemory = defineRule({
  id: 'loki/cache-over-memory',
  severity: 'error',
  over: 'loki',
  claim: 'The embedded caches of a Loki fit into the memory of its container.',
  check: ({ file, service: name, value }, { stack }): FindingDraft[] => {
    const limit = stack.services.find((one) => one.name === name)?.limits.memory;
    if (file === undefined || limit === undefined) return [];
    const sizes = caches.flatMap((cache) => {
      const pointer = [...cache, 'embedded_cache', 'max_size_mb'];
      const size = Number(textValue(value, ...pointer) ?? 0) * 1_000_000;
      return flagAt(value, ...cache, 'embedded_cache', 'enabled') === true && size > 0 ? [{ pointer, size }] : [];
    });
    const sum = sizes.reduce((all, { size }) => all + size, 0);
    const largest = sizes.reduce((most, one) => (one.size > most.size ? one : most), none);
    if (sum < limit.value) return [];
    const [mega, most] = [sum, limit.value].map((bytes) => Math.round(bytes / 1_000_000));
    return [
      {
        at: { file, pointer: largest.pointer },
        message: `The embedded caches of Loki "${name}" grow to "${mega} MB", and its container has ${most} MB, so it is killed before they are full`,
        related: [{ at: limit.at, note: 'the memory of the container' }],
        hint: 'Make the caches smaller, or the limit larger',
        facts: { service: name, caches: sum, limit: limit.value },
      },
    ];
  },
});
