import { describe, expect, it } from 'vitest';
import { secretIn } from './secret-value.ts';

const at = (line: string): string | undefined => {
  const found = secretIn(line);
  return found && line.slice(...found.span);
};
const word = 'kestrel-41-harbour';
const mixed = 'q7Rt2mXv9Lw4Zp8K';

describe('secretIn', () => {
  it.each([
    [`smtp_auth_password: ${word}`, word],
    [`smtp_auth_password: '${word}'  # the mailbox`, word],
    [`      - GF_SECURITY_ADMIN_PASSWORD=${word}`, word],
    [`      - "GF_SECURITY_ADMIN_PASSWORD=${word}"`, word],
    [`POSTGRES_PASSWORD: \${DB_PASSWORD:-${word}}`, word],
    [`export RESTIC_PASSWORD="${word}"`, word],
    [`client_secret = ${mixed}`, mixed],
    [`  "apiKey": "${mixed}",`, mixed],
    [`bearer_token: ${mixed}`, mixed],
    [`url: postgres://grafana:${word}@db/grafana`, `postgres://grafana:${word}@`],
    ['token: glpat-abcdefghij0123456789', 'glpat-abcdefghij0123456789'],
    [`token: gldt-abcdefghij0123456789`, 'gldt-abcdefghij0123456789'],
    [`id: GOCSPX-abcdefghij0123456789XY`, 'GOCSPX-abcdefghij0123456789XY'],
    [`bot: 123456789:AA${'b'.repeat(33)}`, `123456789:AA${'b'.repeat(33)}`],
    ['  -----BEGIN RSA PRIVATE KEY-----', '-----BEGIN RSA PRIVATE KEY-----'],
  ])('finds it in %s', (line, secret) => expect(at(line)).toBe(secret));

  it.each([
    'password: ${SMTP_PASSWORD}',
    'password: $SMTP_PASSWORD',
    'password: ${SMTP_PASSWORD:?set it}',
    'password: ${SMTP_PASSWORD:-}',
    'password: ${SMTP_PASSWORD:-changeme}',
    'smtp_auth_password_file: /run/secrets/smtp_password',
    'password: $__file{/run/secrets/grafana}',
    'password: "{{ vault_password }}"',
    'password: <your-password>',
    's3: s3://access_key:secret_access_key@region/bucket_name',
    'secret_access_key: s3_secret_access_key',
    'secret_key: 11111111-1111-1111-1111-111111111111',
    'password: your-password-here',
    'password: change-me-please',
    'password: "********"',
    'password: xxxxxxxxxx',
    'password:',
    'password: ""',
    'password: true',
    'password: admin',
    'password: SMTP_PASSWORD',
    'password: short',
    '# password: kestrel-41-harbour',
    'disable_password_change: something-else',
    'secret: grafana-admin-secret',
    'secret_name: q7Rt2mXv9Lw4Zp8K',
    'token: /var/run/secrets/token',
    'token_url: https://id.example.com/token',
    'key: q7Rt2mXv9Lw4Zp8K',
    'expr: rate(password_failures_total[5m]) > 3',
    'tokens: 1000000',
    'url: http://prometheus:9090/api',
    'url: https://user:${PASSWORD}@host/x',
    'description: the password is in the vault, ask operations',
  ])('finds none in %s', (line) => expect(at(line)).toBeUndefined());
});
