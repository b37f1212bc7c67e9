import { type Arrival, type MailSubject, mailSubjects } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { expected, hasArrived, placeOf } from '../routing/places.ts';
import type { Posted } from '../routing/posted.ts';
import { leftOut, run, shutDoor } from '../run.ts';
import { type Trial, trial } from './trial.ts';

const trials = new Map<string, Promise<Trial>>();

/** The mail comes as its integration is told to send it, or outlives the fault of its mail host. */
export async function mailed(subject: MailSubject): Promise<Found> {
  const { alertmanager, fault, place } = subject;
  const absent = leftOut(alertmanager) ?? (await shutDoor(alertmanager));
  if (absent !== undefined) return { unknown: absent };
  const mine = mailSubjects(run.stack).filter((one) => one.alertmanager === alertmanager);
  const known = trials.get(alertmanager) ?? trial(mine);
  trials.set(alertmanager, known);
  const done = await known;
  const plain = done.plain.get(place);
  if (fault === undefined && plain !== undefined) return { looked: 2, problems: wrongWay(subject, plain, done.after) };
  if (fault === undefined || done.faulted === undefined) throw new Error(`nothing was posted for "${place}"`);
  return outlived(done, done.faulted, place, fault);
}

function wrongWay({ place, tls, user }: MailSubject, { id }: Posted, after: readonly Arrival[]): string[] {
  const mails = after.filter((one) => placeOf(one) === place && one.alerts.some((alert) => alert.id === id));
  const [mail] = mails;
  if (mail === undefined) return [`no mail arrives at ${place}`];
  const { secured = false, user: seen = '' } = mail.mail ?? {};
  return [
    ...(tls !== 'none' && !secured ? ['its mail arrives without TLS'] : []),
    ...(user === undefined || seen === user
      ? []
      : [
          seen === ''
            ? `it is to log in, and its mail arrives without a login${secured ? '' : ': without TLS a mail host offers none'}`
            : 'it logs in as somebody else',
        ]),
  ];
}

function outlived({ met, counted, during, after }: Trial, posted: Posted, place: string, fault: string): Found {
  const others = expected(posted, 'firing').filter((one) => !one.place.includes('/email/'));
  const mine = { id: posted.id, place, state: 'firing' } as const;
  const times = after.filter((arrival) => hasArrived([arrival], mine)).length;
  const wanted = posted.routes.filter(({ receiver }) => place.startsWith(`${receiver}/`)).length;
  return {
    looked: 3 + others.length,
    problems: [
      ...(met.has(fault) ? [] : ['no attempt to send a mail met the fault']),
      ...(counted ? [] : ['Alertmanager does not count the mail as failed']),
      ...others
        .filter((one) => !hasArrived(during, one))
        .map((one) => `meanwhile the alert does not arrive at ${one.place}`),
      ...(hasArrived(during, mine) ? ['the mail was sent all the same'] : []),
      ...(times === wanted ? [] : [`afterwards it arrives ${times} times, not ${wanted === 1 ? 'once' : wanted}`]),
    ],
  };
}
