import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as secure } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { selfSigned } from './helper/certificate.ts';
import { listen } from './helper/listen.ts';
import { createMailHost } from './helper/mail-host.ts';
import { parseMail } from './helper/mail-text.ts';
import { emptyMemory, type Memory } from './helper/record.ts';

const config = {
  name: 'stackproof-helper',
  proxyPort: 0,
  controlPort: 0,
  reachable: [],
  httpPorts: [],
  smtpPorts: [],
  addresses: {},
  forwards: {},
  targets: [],
};
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

test('a mail sent over STARTTLS with a login arrives, secured, without its password', async () => {
  const { memory, port, certificate } = await mailHost(false);
  const plain = connect(port, '127.0.0.1');
  expect(await line(plain)).toMatch(/^220 /);
  const greeting = await say(plain, 'EHLO lab');
  expect(greeting).toContain('STARTTLS');
  expect(await say(plain, 'AUTH PLAIN AGEAYg==')).toMatch(/^538/);
  expect(await say(plain, 'STARTTLS')).toMatch(/^220/);
  const socket = secure({ socket: plain, ca: certificate, servername: 'outside-smtp' });
  await once(socket, 'secureConnect');
  expect(socket.authorized).toBe(true);
  expect(await say(socket, 'EHLO lab')).toMatch(/AUTH .*PLAIN/);
  const login = Buffer.from('\0alerts@example.org\0${SMTP_PASSWORD}').toString('base64');
  expect(await say(socket, `AUTH PLAIN ${login}`)).toMatch(/^235/);
  await say(socket, 'MAIL FROM:<alerts@example.org>');
  await say(socket, 'RCPT TO:<dba@example.org>');
  await say(socket, 'DATA');
  const mail = [
    'Subject: =?utf-8?q?[DB]_down_=E2=9C=93?=',
    'X-Stackproof-Receiver: dba%20team/email/0',
    'X-Stackproof-Cases: case-1.firing case-2.resolved',
    'Content-Type: multipart/alternative; boundary=b1',
    '',
    '--b1',
    'Content-Transfer-Encoding: quoted-printable',
    'Content-Type: text/html; charset=UTF-8',
    '',
    '<b>down=21</b> caf=C3=A9=',
    '!',
    '--b1--',
    '.',
  ];
  expect(await say(socket, mail.join('\r\n'))).toMatch(/^250/);
  socket.end();
  expect(memory.mails).toHaveLength(1);
  expect(memory.mails[0]).toMatchObject({
    receiver: 'dba team/email/0',
    alerts: ['case-1.firing', 'case-2.resolved'],
    from: 'alerts@example.org',
    to: ['dba@example.org'],
    subject: '[DB] down ✓',
    text: expect.stringContaining('<b>down!</b> café!'),
    secured: true,
    user: 'alerts@example.org',
    passwordUnexpanded: true,
  });
  expect(JSON.stringify(memory.mails)).not.toContain('SMTP_PASSWORD');
});

test('a mail host with TLS from the first byte greets inside it', async () => {
  const { port } = await mailHost(true);
  const socket = secure({ host: '127.0.0.1', port, rejectUnauthorized: false });
  expect(await line(socket)).toMatch(/^220 /);
  socket.destroy();
});

test('the certificate is for every name it is asked for', () => {
  const certificate = new X509Certificate(selfSigned(['stackproof-helper', 'outside-smtp']).cert);
  expect(certificate.checkHost('outside-smtp')).toBe('outside-smtp');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.validToDate.getTime()).toBeGreaterThan(Date.now());
});

test('plain text is preferred to HTML, and base64 is unpacked', () => {
  const base64 = Buffer.from('all is well').toString('base64');
  const mail = parseMail(
    `Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>\r\n--x\r\n` +
      `Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n--x--\r\n`,
  );
  expect(mail.text).toBe('all is well');
});

async function mailHost(tls: boolean): Promise<{ memory: Memory; port: number; certificate: string }> {
  const memory = emptyMemory(config);
  const certificate = selfSigned(['outside-smtp']);
  const host = createMailHost(memory, certificate, tls);
  host.on('error', () => undefined);
  await listen(host.server, 0, '127.0.0.1');
  stops.push(() => new Promise((resolve) => host.close(() => resolve())));
  const address = host.server.address();
  return {
    memory,
    port: typeof address === 'object' && address !== null ? address.port : 0,
    certificate: certificate.cert,
  };
}

/** Sends a line and waits for the whole answer: its last line has a space after the code. */
async function say(socket: Socket, text: string): Promise<string> {
  socket.write(`${text}\r\n`);
  return line(socket);
}

async function line(socket: Socket): Promise<string> {
  let answer = '';
  while (!/^\d{3} .*\r\n$/m.test(answer)) {
    const [chunk]: unknown[] = await once(socket, 'data');
    answer += String(chunk);
  }
  return answer;
}

describe('a mail host that is ordered to do wrong', () => {
  test.each([
    ['recipient', /^550/],
    ['later', /^451/],
  ] as const)('refuses: %s', async (fault, refused) => {
    const { memory, port } = await mailHost(false);
    memory.mailFault = fault;
    const socket = connect(port, '127.0.0.1');
    await line(socket);
    await say(socket, 'EHLO lab');
    const answers = [await say(socket, 'MAIL FROM:<a@example.org>'), await say(socket, 'RCPT TO:<b@example.org>')];
    expect(answers.some((answer) => refused.test(answer))).toBe(true);
    socket.end();
    expect(memory.faultsMet.get(fault)).toBe(1);
    expect(memory.mails).toEqual([]);
  });

  test('offers no STARTTLS, and does again when the order ends', async () => {
    const { memory, port } = await mailHost(false);
    memory.mailFault = 'no-starttls';
    const socket = connect(port, '127.0.0.1');
    await line(socket);
    memory.mailFault = undefined;
    expect(await say(socket, 'EHLO lab')).not.toContain('STARTTLS');
    const other = connect(port, '127.0.0.1');
    await line(other);
    expect(await say(other, 'EHLO lab')).toContain('STARTTLS');
    for (const one of [socket, other]) one.end();
  });

  test('refuses every login', async () => {
    const { memory, port } = await mailHost(true);
    memory.mailFault = 'login';
    const socket = secure({ port, host: '127.0.0.1', rejectUnauthorized: false });
    await line(socket);
    await say(socket, 'EHLO lab');
    expect(await say(socket, 'AUTH PLAIN AGEAYg==')).toMatch(/^535/);
    socket.end();
    expect(memory.faultsMet.get('login')).toBe(1);
  });

  test('says nothing, and hangs up after a while', async () => {
    const { memory, port } = await mailHost(false);
    memory.mailFault = 'silence';
    const socket = connect(port, '127.0.0.1');
    expect(await line(socket)).toMatch(/^421/);
    expect(memory.faultsMet.get('silence')).toBe(1);
  });
});
