import { describe, expect, it } from 'vitest';
import { alertmanager, composeOf, prometheus, told } from '../test-support.ts';
import { unsentAlerts } from './unsent-alerts.ts';

const alerts = 'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up == 0\n';
const check = (config: string, services: Readonly<Record<string, string>>): string[] =>
  told(unsentAlerts, {
    'docker-compose.yml': composeOf({ prometheus: `${prometheus}\n  - ./a.yml:/etc/prometheus/a.yml`, ...services }),
    'prometheus.yml': `rule_files: [a.yml]\n${config}`,
    'a.yml': alerts,
  });
const sendTo = (target: string): string =>
  `alerting:\n  alertmanagers:\n    - static_configs:\n        - targets: ['${target}']\n`;

describe('prometheus/unsent-alerts', () => {
  it('is silent where an Alertmanager of the stack takes them', () => {
    expect(check(sendTo('alertmanager:9093'), { alertmanager })).toEqual([]);
  });

  it.each([
    ['no Alertmanager beside one in the stack', '', { alertmanager }, /^error prometheus.yml:1 .*reach nobody$/],
    ['no Alertmanager at all', '', {}, /^warning prometheus.yml:1 .*reach nobody$/],
    [
      'a name that nobody has',
      sendTo('alerts:9093'),
      { alertmanager },
      /^error prometheus.yml:5 .*is no service of the stack/,
    ],
    ['itself', sendTo('localhost:9093'), { alertmanager }, /^error .*is the container of Prometheus itself/],
    [
      'a port of the host',
      sendTo('alertmanager:9999'),
      { alertmanager: `${alertmanager}\nports: ["9999:9093"]` },
      /^error .*in the network it is 9093/,
    ],
    ['an address outside', sendTo('10.0.0.1:9093'), { alertmanager }, /^info .*cannot be told$/],
  ])('finds %s', (_, config, services, expected) => {
    expect(check(config, services)).toEqual([expect.stringMatching(expected)]);
  });

  it('has nothing to say of a Prometheus without alerts', () => {
    const texts = {
      'docker-compose.yml': composeOf({ prometheus, alertmanager }),
      'prometheus.yml': 'rule_files: []\n',
    };
    expect(told(unsentAlerts, texts)).toEqual([]);
  });
});
