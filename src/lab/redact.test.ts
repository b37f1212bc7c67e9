import { expect, it } from 'vitest';
import { redacted } from './redact.ts';

it('keeps no secret of a description and all the rest', () => {
  const described = {
    Config: {
      Env: [
        'GF_SECURITY_ADMIN_PASSWORD=hunter2',
        'API_TOKEN=made-up-1',
        'SMTP_PASSWORD_FILE=/run/secrets/smtp',
        'URL=http://u:p@h/x',
      ],
      User: '472',
    },
    environment: { SMTP_PASSWORD: 'hunter2', TZ: 'UTC' },
    Mounts: [{ Source: '/a=b' }],
  };
  expect(redacted(described)).toEqual({
    Config: {
      Env: [
        'GF_SECURITY_ADMIN_PASSWORD=(hidden)',
        'API_TOKEN=made-up-1',
        'SMTP_PASSWORD_FILE=/run/secrets/smtp',
        'URL=http://(hidden)@h/x',
      ],
      User: '472',
    },
    environment: { SMTP_PASSWORD: '(hidden)', TZ: 'UTC' },
    Mounts: [{ Source: '/a=b' }],
  });
});
