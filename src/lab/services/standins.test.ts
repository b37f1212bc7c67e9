import { afterEach, describe, expect, it } from 'vitest';
import { literalsIn } from './literals.ts';
import { arrivals, mailFaultsMet } from './standins.ts';
import { playedLab } from './testing.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function arrived(messages: object): Promise<Awaited<ReturnType<typeof arrivals>>> {
  const { lab, stop } = await playedLab({ '/messages': [[200, { webhooks: [], mails: [], ...messages }]] });
  stops.push(stop);
  return arrivals(lab);
}

describe('an arrival', () => {
  it('by webhook names its alerts, posted or not, with their state', async () => {
    const alerts = [
      { status: 'firing', labels: { stackproof_case: 'case-1-0123abcd' }, fingerprint: 'f00' },
      { status: 'resolved', labels: {}, fingerprint: '0011223344556677' },
    ];
    const hook = { receiver: 'ops', kind: 'webhook', index: 1, body: { alerts }, headers: {}, answered: 404 };
    expect(await arrived({ webhooks: [hook] })).toEqual([
      {
        receiver: 'ops',
        kind: 'webhook',
        index: 1,
        alerts: [
          { id: 'case-1-0123abcd', state: 'firing' },
          { id: '0011223344556677', state: 'resolved' },
        ],
        literals: [],
        refused: 404,
      },
    ]);
  });

  it('of any other kind names them where it was made to', async () => {
    const body = { text: 'case-1-0123abcd.firing 0011223344556677.resolved case-1-0123abcd.firing  and case-2' };
    const [arrival] = await arrived({ webhooks: [{ receiver: 'ops', kind: 'slack', index: 0, body }] });
    expect(arrival?.alerts).toEqual([
      { id: 'case-1-0123abcd', state: 'firing' },
      { id: '0011223344556677', state: 'resolved' },
    ]);
  });

  it('by mail tells whether it was secured, who logged in, and what nobody expanded', async () => {
    const mail = {
      receiver: 'a/b/email/0',
      alerts: ['case-1-0123abcd.firing'],
      subject: '[${ENVIRONMENT}] down',
      headers: { subject: 'x' },
      secured: true,
      user: 'alerts',
      passwordUnexpanded: true,
    };
    expect(await arrived({ mails: [mail] })).toEqual([
      {
        receiver: 'a/b',
        kind: 'email',
        index: 0,
        alerts: [{ id: 'case-1-0123abcd', state: 'firing' }],
        literals: [
          { where: 'subject', text: '${ENVIRONMENT}' },
          { where: 'password', text: 'a variable' },
        ],
        mail: { secured: true, user: 'alerts' },
      },
    ]);
  });

  it('of a secret header is told to be a variable, and no more', async () => {
    const headers = { authorization: 'Bearer (unexpanded variable)', 'x-team': 'ops' };
    const [arrival] = await arrived({ webhooks: [{ receiver: 'a', kind: 'webhook', index: 0, body: '', headers }] });
    expect(arrival?.literals).toEqual([{ where: 'header authorization', text: 'a variable' }]);
  });
});

describe('literalsIn', () => {
  it.each([
    [{ a: [{ b: 'x ${VAR:-y} z' }] }, [{ where: 'body.a[0].b', text: '${VAR:-y}' }]],
    ['<no value>', [{ where: 'body', text: '<no value>' }]],
    [
      '<error expanding template: no such label>',
      [{ where: 'body', text: '<error expanding template: no such label>' }],
    ],
    ['costs $5, ${1} and $HOME', []],
    [7, []],
  ])('of %j', (value, expected) => {
    expect(literalsIn(value, 'body')).toEqual(expected);
  });
});

it('faults of the mail host are counted by name', async () => {
  const { lab, stop } = await playedLab({ '/messages': [[200, { webhooks: [], mails: [], faultsMet: { login: 2 } }]] });
  stops.push(stop);
  expect(await mailFaultsMet(lab)).toEqual({ login: 2 });
});
