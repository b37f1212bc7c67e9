import { durationSeconds } from '../../model/duration.ts';
import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import { flagAt, isMapping, mappingAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { isAtMost } from '../support/versions.ts';
import { periodsOf } from './periods.ts';

/**
 * Settings that are right by themselves and that Loki refuses beside others, as it starts
 * (https://grafana.com/docs/loki/v2.9.x/configure/).
 */
export const refusedSetting = defineRule({
  id: 'loki/refused-setting',
  severity: 'error',
  over: 'loki',
  claim: 'No setting of Loki contradicts another.',
  check: ({ file, service: name, value }, { stack }) => {
    const service = stack.services.find((one) => one.name === name);
    if (file === undefined || !isAtMost(service, 2, 9)) return [];
    return checks
      .flatMap((check) => check(value))
      .map(
        ({ pointer, message, hint }): FindingDraft => ({
          at: { file, pointer },
          message: `${message}, so Loki "${name}" does not start`,
          hint,
          facts: { service: name },
        }),
      );
  },
});

interface Refusal {
  readonly pointer: Pointer;
  readonly message: string;
  readonly hint: string;
}

const checks: readonly ((value: unknown) => readonly Refusal[])[] = [
  function severalStores(value) {
    const stores = ['azure', 'gcs', 's3', 'bos', 'swift', 'filesystem'].filter((store) => {
      const held = mappingAt(value, 'common', 'storage')[store];
      return isMapping(held) && Object.values(held).some((one) => one !== null && one !== '');
    });
    const message = `"common.storage" sets up ${quoteAll(stores)}, and only one store may be common`;
    const hint = 'Leave one there and set the others up in storage_config';
    return stores.length < 2 ? [] : [{ pointer: ['common', 'storage'], message, hint }];
  },
  function rulesNowhere(value) {
    const common = mappingAt(value, 'common', 'storage', 'filesystem');
    const filled = (folder: unknown): boolean => typeof folder === 'string' && folder !== '';
    const own = mappingAt(value, 'ruler', 'storage');
    const elsewhere = 'type' in own && own['type'] !== 'local';
    if (!filled(common['chunks_directory']) || filled(common['rules_directory']) || elsewhere) return [];
    if (filled(mappingAt(own, 'local')['directory'])) return [];
    const message = '"common.storage.filesystem" has no "rules_directory", which its ruler needs';
    return [
      { pointer: ['common', 'storage', 'filesystem'], message, hint: 'Set rules_directory beside chunks_directory' },
    ];
  },
  function queriesNothing(value) {
    const both = ['query_store_only', 'query_ingester_only'].every((key) => flagAt(value, 'querier', key) === true);
    const message = '"query_store_only" and "query_ingester_only" are both true';
    return both ? [{ pointer: ['querier', 'query_store_only'], message, hint: 'Delete one of them' }] : [];
  },
  function retentionBetween(value) {
    const [every, apply] = ['compaction_interval', 'apply_retention_interval'].map((key) =>
      durationSeconds(textValue(value, 'compactor', key) ?? (key === 'compaction_interval' ? '10m' : '0')),
    );
    const deletes = flagAt(value, 'compactor', 'retention_enabled') === true;
    if (!deletes || !every || !apply || apply % every === 0) return [];
    const message = `"apply_retention_interval" is no multiple of the ${every} seconds of "compaction_interval"`;
    return [{ pointer: ['compactor', 'apply_retention_interval'], message, hint: 'Make it a multiple, or delete it' }];
  },
  function keyPrefixes(value) {
    const places: readonly Pointer[] = [
      ['compactor', 'shared_store_key_prefix'],
      ['storage_config', 'boltdb_shipper', 'shared_store_key_prefix'],
      ['storage_config', 'tsdb_shipper', 'shared_store_key_prefix'],
    ];
    return places.flatMap((pointer) => {
      const prefix = textValue(value, ...pointer);
      if (prefix === undefined || prefix.includes('$') || /^[^/\\]([^\\]*[^/\\])?\/$/.test(prefix)) return [];
      const message = `"${prefix}" is no prefix of keys, which ends with a slash and does not begin with one`;
      return [{ pointer, message, hint: 'Write it as index/' }];
    });
  },
  function movedSplit(value) {
    const pointer = ['query_range', 'split_queries_by_interval'];
    const written = textValue(value, ...pointer);
    if (written === undefined || /^0[a-z]*$/.test(written)) return [];
    const message = '"query_range.split_queries_by_interval" has moved to "limits_config"';
    return [{ pointer, message, hint: 'Move it to limits_config' }];
  },
  function tokensNowhere(value) {
    if (flagAt(value, 'common', 'persist_tokens') !== true || (textValue(value, 'common', 'path_prefix') ?? '') !== '')
      return [];
    const message = '"persist_tokens" is true and "path_prefix" does not say where';
    return [{ pointer: ['common', 'persist_tokens'], message, hint: 'Set common.path_prefix' }];
  },
  function walAndTransfers(value) {
    const retries = Number(textValue(value, 'ingester', 'max_transfer_retries') ?? 0);
    if (!(retries > 0) || flagAt(value, 'ingester', 'wal', 'enabled') === false) return [];
    const message = '"max_transfer_retries" is above zero, which a write-ahead log excludes';
    return [{ pointer: ['ingester', 'max_transfer_retries'], message, hint: 'Set it to 0' }];
  },
  function shards(value) {
    const shards = Number(textValue(value, 'ingester', 'index_shards') ?? 32);
    return periodsOf(value).flatMap((period) => {
      const rows = Number(textValue(period.value, 'row_shards') ?? 0);
      const fits = period.store === 'tsdb' ? Number.isInteger(Math.log2(shards)) : rows === 0 || shards % rows === 0;
      if (fits || !(shards > 0)) return [];
      const message = `The ${shards} shards of the ingester do not divide by what the period from "${period.from ?? ''}" asks for`;
      return [
        { pointer: period.pointer, message, hint: 'Leave ingester.index_shards and row_shards as they are by default' },
      ];
    });
  },
  function encodings(value) {
    const encoding = textValue(value, 'ingester', 'chunk_encoding');
    const known = ['none', 'gzip', 'lz4-64k', 'snappy', 'lz4-256k', 'lz4-1M', 'lz4', 'flate', 'zstd'];
    if (
      encoding === undefined ||
      encoding.includes('$') ||
      known.some((one) => one.toLowerCase() === encoding.toLowerCase())
    )
      return [];
    const message = `"${encoding}" is no encoding of chunks`;
    return [{ pointer: ['ingester', 'chunk_encoding'], message, hint: `Write one of ${known.join(', ')}` }];
  },
  function deletionModes(value) {
    const mode = textValue(value, 'limits_config', 'deletion_mode');
    if (mode === undefined || mode.includes('$') || /^(disabled|filter-only|filter-and-delete)$/.test(mode)) return [];
    const message = `"${mode}" is no mode of deletion`;
    return [
      {
        pointer: ['limits_config', 'deletion_mode'],
        message,
        hint: 'Write disabled, filter-only or filter-and-delete',
      },
    ];
  },
  // An empty section is zero in all it holds, instead of its defaults, and these do not start with zeros.
  function emptiedSections(value) {
    return [
      ['server'],
      ['limits_config'],
      ['ingester'],
      ['compactor'],
      ['storage_config'],
      ['ruler'],
      ['ruler', 'storage'],
    ]
      .filter((pointer) => mappingAt(value, ...pointer.slice(0, -1))[pointer.at(-1) ?? ''] === null)
      .map((pointer) => ({
        pointer,
        message: `"${pointer.join('.')}" is empty, which takes away its defaults`,
        hint: 'Delete the key, or write {} behind it',
      }));
  },
];
