import { describe, expect, it } from 'vitest';
import { composeOf, told } from '../test-support.ts';
import { retentionWithoutCompactor } from './retention-without-compactor.ts';

const found = (config: string, flag = ''): number =>
  told(retentionWithoutCompactor, {
    'compose.yml': composeOf({
      loki: `image: grafana/loki:2.9.2\ncommand: -config.file=/l.yml ${flag}\nvolumes: ["./l.yml:/l.yml"]`,
    }),
    'l.yml': config,
  }).length;
const period = (text: string): string => `limits_config: {retention_period: ${text}}\n`;

describe('loki/retention-without-compactor', () => {
  it.each([
    ['no compactor', period('7d')],
    ['a compactor that does not delete', `${period('7d')}compactor: {retention_enabled: false}\n`],
  ])('tells of %s', (_, config) => expect(found(config)).toBe(1));

  it.each([
    ['a compactor that deletes', `${period('7d')}compactor: {retention_enabled: true}\n`],
    ['the older table manager', `${period('7d')}table_manager: {retention_deletes_enabled: true}\n`],
    ['a variable', `${period('7d')}compactor: {retention_enabled: '\${DELETE}'}\n`],
    ['no retention', 'auth_enabled: false\n'],
    ['a retention of nothing', period('0s')],
    ['a retention from the environment', period('${DAYS}')],
  ])('is silent about %s', (_, config) => expect(found(config)).toBe(0));

  it('knows the flag', () => expect(found(period('7d'), '-compactor.retention-enabled=true')).toBe(0));
});
