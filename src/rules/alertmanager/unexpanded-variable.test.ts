import { describe, expect, it } from 'vitest';
import { alertmanager, composeOf, told } from '../test-support.ts';
import { unexpandedVariable } from './unexpanded-variable.ts';

const check = (text: string, service = alertmanager, texts: Readonly<Record<string, string>> = {}): string[] =>
  told(unexpandedVariable, {
    'docker-compose.yml': composeOf({ alertmanager: service }),
    'alertmanager.yml': `global:\n  smtp_auth_password: ${text}\n`,
    ...texts,
  });

describe('alertmanager/unexpanded-variable', () => {
  it.each(['"${PASSWORD}"', '$PASSWORD', '"a-${PASSWORD:-x}"'])('finds %s', (text) => {
    expect(check(text)).toEqual([expect.stringMatching(/^error alertmanager.yml:2 .*is sent as it stands/)]);
  });

  it.each(['plain', '"{{ .CommonLabels.alertname }} {{ $x }} {{ ${A} }}"', '"costs 5$"', '"$lower"'])(
    'is silent about %s',
    (text) => {
      expect(check(text)).toEqual([]);
    },
  );

  it.each([
    ['its own command', `${alertmanager}\nentrypoint: ["sh", "-c", "envsubst < /a > /b && alertmanager"]`, {}],
    ['a script', alertmanager, { 'deploy.sh': 'envsubst < alertmanager.yml > /srv/alertmanager.yml\n' }],
  ])('only tells where %s may fill it in', (_, service, texts) => {
    expect(check('${PASSWORD}', service, texts)).toEqual([expect.stringMatching(/^info .*cannot be told$/)]);
  });
});
