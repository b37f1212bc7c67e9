import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import type { Memory } from './record.ts';

/**
 * What a mail host can do wrong: offer no STARTTLS, refuse the login, refuse a recipient for good, refuse the sender for
 * now, or take the connection and say nothing.
 */
export type MailFault = 'no-starttls' | 'login' | 'recipient' | 'later' | 'silence';

/** The handlers of an SMTP server that do something wrong, and what a login is refused with. */
export interface FaultyHandlers {
  readonly handlers: Required<Pick<SMTPServerOptions, 'onConnect' | 'onMailFrom' | 'onRcptTo'>>;
  readonly refusesLogin: (session: SMTPServerSession) => Error | undefined;
  readonly forget: (session: SMTPServerSession) => void;
}

/** A silent mail host hangs up after this time, in milliseconds. */
const silent = 3000;

/** Whether a text names a fault. */
export function isMailFault(text: unknown): text is MailFault {
  return ['no-starttls', 'login', 'recipient', 'later', 'silence'].includes(String(text));
}

/**
 * Does to each connection what was ordered when it was made, and counts each time it was done. What is ordered later is not
 * for a connection that is under way: no mail slips through between two orders.
 */
export function mailFaults(memory: Memory): FaultyHandlers {
  const ordered = new Map<string, MailFault>();
  const met = (session: SMTPServerSession, fault: MailFault): boolean => {
    if (ordered.get(session.id) !== fault) return false;
    memory.faultsMet.set(fault, (memory.faultsMet.get(fault) ?? 0) + 1);
    return true;
  };
  return {
    handlers: {
      onConnect: (session: SMTPServerSession & { disabledCommands?: string[] }, done) => {
        if (memory.mailFault !== undefined) ordered.set(session.id, memory.mailFault);
        if (met(session, 'no-starttls')) session.disabledCommands = ['STARTTLS'];
        if (met(session, 'silence')) setTimeout(() => done(refusal(421, 'time is over')), silent);
        else done();
      },
      onMailFrom: (_address, session, done) =>
        done(met(session, 'later') ? refusal(451, 'try again later') : undefined),
      onRcptTo: (_address, session, done) =>
        done(met(session, 'recipient') ? refusal(550, 'no such user here') : undefined),
    },
    refusesLogin: (session) => (met(session, 'login') ? refusal(535, 'authentication failed') : undefined),
    forget: (session) => {
      ordered.delete(session.id);
    },
  };
}

function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
