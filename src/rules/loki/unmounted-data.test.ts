import { describe, expect, it } from 'vitest';
import { composeOf, told } from '../test-support.ts';
import { unmountedData } from './unmounted-data.ts';

const check = (config: string, ...mounts: string[]): string[] => checkPart('all', config, ...mounts);

const checkPart = (target: string, config: string, ...mounts: string[]): string[] =>
  told(unmountedData, {
    'compose.yml': composeOf({
      loki: `image: grafana/loki:2.9.2\ncommand: -config.file=/etc/loki/local-config.yaml -target=${target}\nvolumes:\n${['./l.yml:/etc/loki/local-config.yaml', ...mounts].map((one) => `  - ${one}`).join('\n')}`,
    }),
    'l.yml': config,
  });

describe('loki/unmounted-data', () => {
  it.each([
    ['common: {path_prefix: /loki}', 'data:/loki'],
    ['common: {path_prefix: /loki}', './data:/loki'],
    ['common: {path_prefix: /loki}', 'data:/loki/chunks'],
    ['common: {path_prefix: /tmp/loki, storage: {filesystem: {chunks_directory: /loki/chunks}}}', 'data:/loki'],
    ['common: {path_prefix: "${WHERE}"}', 'data:/loki'],
    ['ingester: {wal: {enabled: false, dir: /wal}}', 'data:/loki'],
    ['auth_enabled: false', 'data:/loki'],
  ])('is silent about %s with %s', (config, mount) => {
    expect(check(config, mount)).toEqual([]);
  });

  it.each([
    ['common: {path_prefix: /tmp/loki}', '"/tmp/loki"'],
    ['storage_config: {filesystem: {directory: /chunks}}\ningester: {wal: {dir: /wal}}', '"/chunks" and "/wal"'],
  ])('finds %s', (config, expected) => {
    expect(check(config, 'data:/loki')).toEqual([expect.stringContaining(`keeps its data at ${expected}`)]);
  });

  const remote =
    'common: {path_prefix: /loki}\nschema_config: {configs: [{from: 2024-01-01, store: tsdb, object_store: s3, schema: v13}]}';

  it('loses only the newest lines where an object store has the others', () => {
    expect(checkPart('write', remote)).toEqual([expect.stringContaining('the logs that are not yet in the object')]);
    expect(checkPart('all', remote)).toHaveLength(1);
  });

  it.each(['read', 'backend', 'querier'])('is silent about the part "%s" of it', (target) => {
    expect(checkPart(target, remote)).toEqual([]);
  });
});
