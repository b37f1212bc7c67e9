import { afterEach, expect, test } from 'vitest';
import type { LabAddress } from '../../model/lab.ts';
import { receiversOf } from './alertmanager.ts';
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

test('Alertmanager names the receivers of an alert, each once', async () => {
  const receivers = [{ name: 'ops' }, { name: 'null' }, { name: 'ops' }];
  const lab = await played({ '/api/v2/alerts': [[200, [{ receivers }]]] });
  expect(await receiversOf(lab, 'http://played:9093', 'case-0-00000000')).toEqual(['null', 'ops']);
});

test('an alert that Alertmanager does not have has no receivers', async () => {
  const lab = await played({ '/api/v2/alerts': [[200, []]] });
  expect(await receiversOf(lab, 'http://played:9093', 'case-0-00000000')).toBeUndefined();
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
