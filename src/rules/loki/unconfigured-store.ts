import type { FindingDraft } from '../../model/finding.ts';
import { isMapping, mappingAt, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { uidOf } from '../support/image-facts.ts';
import { isAtMost } from '../support/versions.ts';
import { hasOwnSchema, type Period, periodsOf } from './periods.ts';

const indexes =
  /^(aws|aws-dynamo|gcp|gcp-columnkey|bigtable|bigtable-hashed|cassandra|boltdb|grpc-store|inmemory|boltdb-shipper|tsdb)$/;

/** Each object store, with its section in `common.storage` and in `storage_config`. */
const sections: Readonly<Record<string, readonly [common: string, own: string]>> = {
  filesystem: ['filesystem', 'filesystem'],
  s3: ['s3', 'aws'],
  aws: ['s3', 'aws'],
  gcs: ['gcs', 'gcs'],
  azure: ['azure', 'azure'],
  swift: ['swift', 'swift'],
  bos: ['bos', 'bos'],
  cos: ['cos', 'cos'],
  alibabacloud: ['alibabacloud', 'alibabacloud'],
};

/**
 * A period names an index and an object store; each is set up elsewhere, in `common.storage` or `storage_config`
 * (https://grafana.com/docs/loki/v2.9.x/configure/#storage_config).
 */
export const unconfiguredStore = defineRule({
  id: 'loki/unconfigured-store',
  severity: 'error',
  over: 'loki',
  claim: 'Every store that a period of Loki names is one that Loki has, and is set up.',
  check: (loki, { stack }) => {
    const { file, service: name, value } = loki;
    const service = stack.services.find((one) => one.name === name);
    if (service === undefined || file === undefined || !hasOwnSchema(loki, service) || !isAtMost(service, 2, 9))
      return [];
    // Every setting of a store is a flag too.
    const flagged = service.command.some(({ value: word }) =>
      /^--?(common\.storage|local|s3|gcs|azure|swift|boltdb|tsdb)\./.test(word),
    );
    return periodsOf(value).flatMap((period): FindingDraft[] => {
      const found = problemOf(value, period, flagged);
      if (found === undefined) return [];
      const follows = found.loose ? 'keeps its chunks in the folder it is started in' : 'does not start';
      // The image is started in "/", where its user may write nothing.
      const writes = service.definition['working_dir'] !== undefined || uidOf(service) !== 10_001;
      return [
        {
          at: { file, pointer: [...period.pointer, found.key] },
          ...(found.loose && writes ? { severity: 'warning' as const } : {}),
          message: `The period from "${period.from ?? ''}" names the ${found.what}, so Loki "${name}" ${follows}`,
          hint: found.hint,
          facts: { service: name, store: period.store, objectStore: period.objectStore },
        },
      ];
    });
  },
});

interface Found {
  readonly key: string;
  readonly what: string;
  readonly hint: string;
  /** Whether Loki starts all the same, with a folder nobody named (https://github.com/grafana/loki/blob/v2.9.2/pkg/storage/chunk/client/local/fs_object_client.go). */
  readonly loose?: boolean;
}

function problemOf(value: unknown, { store, objectStore }: Period, flagged: boolean): Found | undefined {
  if (store !== '' && !store.includes('$') && !indexes.test(store))
    return { key: 'store', what: `index "${store}", which Loki does not have`, hint: 'Write tsdb' };
  if (objectStore === '' || objectStore.includes('$') || isNamed(value, objectStore)) return undefined;
  const section = sections[objectStore];
  if (section === undefined) {
    if (/^(inmemory|aws-dynamo|gcp|gcp-columnkey|bigtable|bigtable-hashed|cassandra|grpc-store)$/.test(objectStore))
      return undefined;
    return {
      key: 'object_store',
      what: `object store "${objectStore}", which Loki does not have`,
      hint: 'Write filesystem, s3, gcs, azure or another that Loki has',
    };
  }
  const [common, own] = section;
  if (
    flagged ||
    isMapping(valueAt(value, 'storage_config', own)) ||
    isMapping(valueAt(value, 'common', 'storage', common))
  )
    return objectStore === 'filesystem' && !flagged ? withoutFolder(value) : undefined;
  return {
    key: 'object_store',
    loose: objectStore === 'filesystem',
    what: `object store "${objectStore}", which is set up nowhere`,
    hint: `Set it up in common.storage.${common} or storage_config.${own}`,
  };
}

function withoutFolder(value: unknown): Found | undefined {
  const folders = [
    textValue(value, 'storage_config', 'filesystem', 'directory'),
    textValue(value, 'common', 'storage', 'filesystem', 'chunks_directory'),
  ];
  if (folders.some((folder) => folder !== undefined && folder !== '')) return undefined;
  return {
    key: 'object_store',
    loose: true,
    what: 'object store "filesystem", which has no folder',
    hint: 'Set common.storage.filesystem.chunks_directory',
  };
}

function isNamed(value: unknown, name: string): boolean {
  return Object.values(mappingAt(value, 'storage_config', 'named_stores')).some(
    (stores) => isMapping(stores) && name in stores,
  );
}
