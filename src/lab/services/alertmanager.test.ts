import { afterEach, expect, test } from 'vitest';
import type { LabAddress } from '../../model/lab.ts';
import { failedNotifications, heldAlerts } from './alertmanager.ts';
import { doorShut } from './http.ts';
import { playedLab, type Script } from './testing.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function played(script: Script): Promise<LabAddress> {
  const { lab, stop } = await playedLab(script);
  stops.push(stop);
  return lab;
}

test('Alertmanager names the receivers of an alert, each once, and what mutes it', async () => {
  const receivers = [{ name: 'ops' }, { name: 'null' }, { name: 'ops' }];
  const alert = { labels: { alertname: 'A' }, fingerprint: 'f00', receivers, status: { inhibitedBy: ['bar'] } };
  const lab = await played({ '/api/v2/alerts': [[200, [alert]]] });
  expect(await heldAlerts(lab, 'http://played:9093', 'alertname="A"')).toEqual([
    { labels: { alertname: 'A' }, fingerprint: 'f00', receivers: ['null', 'ops'], inhibitedBy: ['bar'] },
  ]);
});

test('an Alertmanager that does not list its alerts is not one that has none', async () => {
  const lab = await played({ '/api/v2/alerts': [[500, 'broken']] });
  await expect(heldAlerts(lab, 'http://played:9093', 'a="b"')).rejects.toThrow('500');
});

test('failed notifications are summed over their reasons', async () => {
  const metrics = [
    'alertmanager_notifications_failed_total{integration="email",reason="other"} 3',
    'alertmanager_notifications_failed_total{integration="email",reason="clientError"} 2',
    'alertmanager_notifications_failed_total{integration="webhook",reason="other"} 7',
    'alertmanager_notifications_total{integration="email"} 9',
  ];
  const lab = await played({ '/metrics': [[200, metrics.join('\n')]] });
  expect(await failedNotifications(lab, 'http://played:9093', 'email')).toBe(5);
});

test.each([
  [200, 'ready', undefined],
  [503, 'starting', undefined],
  [401, 'Unauthorized', 'service "a" wants a password the lab does not have'],
  [400, 'Client sent an HTTP request to an HTTPS server.', 'service "a" is spoken to by TLS alone'],
])('a door that answers %i %s', async (status, body, shut) => {
  const lab = await played({ '/-/ready': [[status, body]] });
  expect(await doorShut(lab, 'http://played:9090', 'a')).toBe(shut);
});
