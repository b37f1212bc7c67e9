import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import type { Memory } from './record.ts';

/**
 * What a mail host can do wrong: offer no STARTTLS, refuse the login, refuse a recipient for good, refuse the sender for
 * now, or take the connection and say nothing.
 */
export type MailFault = 'no-starttls' | 'login' | 'recipient' | 'later' | 'silence';

/** A silent mail host hangs up after this time, in milliseconds. */
const silent = 3000;

/** Whether a text names a fault. */
export function isMailFault(text: unknown): text is MailFault {
  return ['no-starttls', 'login', 'recipient', 'later', 'silence'].includes(String(text));
}

/** The handlers of an SMTP server that do what is ordered as long as it is, and count each time it was done. */
export function mailFaults(memory: Memory): Required<
  Pick<SMTPServerOptions, 'onConnect' | 'onMailFrom' | 'onRcptTo'>
> & {
  readonly refusesLogin: () => Error | undefined;
} {
  const met = (fault: MailFault): boolean => {
    if (memory.mailFault !== fault) return false;
    memory.faultsMet.set(fault, (memory.faultsMet.get(fault) ?? 0) + 1);
    return true;
  };
  return {
    onConnect: (session: SMTPServerSession & { disabledCommands?: string[] }, done) => {
      if (met('no-starttls')) session.disabledCommands = ['STARTTLS'];
      if (met('silence')) setTimeout(() => done(refusal(421, 'time is over')), silent);
      else done();
    },
    onMailFrom: (_address, _session, done) => done(met('later') ? refusal(451, 'try again later') : undefined),
    onRcptTo: (_address, _session, done) => done(met('recipient') ? refusal(550, 'no such user here') : undefined),
    refusesLogin: () => (met('login') ? refusal(535, 'authentication failed') : undefined),
  };
}

function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
