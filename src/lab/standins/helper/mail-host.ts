import { SMTPServer } from 'smtp-server';
import type { KeyAndCertificate } from './certificate.ts';
import { isUnexpanded } from './hidden.ts';
import { mailFaults } from './mail-faults.ts';
import { parseMail } from './mail-text.ts';
import type { Memory } from './record.ts';

/**
 * A mail host that takes every mail and every login: STARTTLS is offered (or TLS from the first byte, `tls`), a login is
 * only possible once the connection is secured (https://nodemailer.com/extras/smtp-server). While a fault is ordered by the
 * control interface it does that instead.
 */
export function createMailHost(memory: Memory, certificate: KeyAndCertificate, tls: boolean): SMTPServer {
  const logins = new Map<string, { user: string; unexpanded: boolean }>();
  const { handlers, refusesLogin, forget } = mailFaults(memory);
  return new SMTPServer({
    ...certificate,
    ...handlers,
    secure: tls,
    authOptional: true,
    authMethods: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
    disableReverseLookup: true,
    onAuth: (login, session, done) => {
      const refused = refusesLogin(session);
      if (refused !== undefined) {
        done(refused);
        return;
      }
      const user = login.username ?? '';
      logins.set(session.id, { user, unexpanded: isUnexpanded(login.password ?? '') });
      done(null, { user });
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const mail = parseMail(Buffer.concat(chunks).toString('utf8'));
        const login = logins.get(session.id);
        const { mailFrom, rcptTo } = session.envelope;
        memory.mails.push({
          at: new Date().toISOString(),
          receiver: receiverOf(mail.headers['x-stackproof-receiver'] ?? ''),
          alerts: (mail.headers['x-stackproof-cases'] ?? '').split(/\s+/).filter(Boolean),
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((one) => one.address),
          subject: mail.headers['subject'] ?? '',
          headers: mail.headers,
          text: mail.text,
          secured: session.secure,
          user: login?.user ?? '',
          passwordUnexpanded: login?.unexpanded ?? false,
        });
        done();
      });
    },
    onClose: (session) => {
      logins.delete(session.id);
      forget(session);
    },
  });
}

/** The receiver's own name, where the header carries it encoded. */
function receiverOf(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}
