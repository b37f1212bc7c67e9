import {
  type Arrival,
  arrivals,
  baseUrl,
  eventually,
  failedNotifications,
  type MailSubject,
  mailFaultsMet,
  orderMailFault,
  postAlerts,
  settled,
} from '../../../src/index.ts';
import { arrivedTexts, expected, hasArrived } from '../routing/places.ts';
import { castFor, type Posted } from '../routing/posted.ts';
import { lab, run } from '../run.ts';

/** What came of one alert whose mail met every fault in turn, and of one for each integration whose mail met none. */
export interface Trial {
  readonly plain: ReadonlyMap<string, Posted>;
  readonly faulted: Posted | undefined;
  /** The faults that an attempt met while they lasted. */
  readonly met: ReadonlySet<string>;
  /** Whether Alertmanager counted a mail as failed. */
  readonly counted: boolean;
  /** What had arrived when the last fault ended, and when nothing came any more. */
  readonly during: readonly Arrival[];
  readonly after: readonly Arrival[];
}

const patience = { within: 60_000 };
/** Longer than the rendered `group_interval`: what a group still had to say has come by then. */
const quiet = 7_000;

/**
 * Posts the alerts, lets the mail host do one thing wrong after another, and in the end everything right. Alertmanager
 * tries again with growing pauses until the time of its group is over, counts that as one failure, and begins anew with
 * the next flush (notify/notify.go and notify/email/email.go of Alertmanager 0.26). What a mail host says after the text of a
 * mail is not among the faults: that version does not read it.
 */
export async function trial(subjects: readonly MailSubject[]): Promise<Trial> {
  const [{ alertmanager } = { alertmanager: '' }] = subjects;
  const config = run.stack.alertmanager.find(({ service }) => service === alertmanager);
  if (config === undefined) throw new Error(`no configuration was read for "${alertmanager}"`);
  const base = baseUrl(lab(), run.stack, alertmanager);
  const cast = castFor(config, 500_000 + 1000 * run.stack.alertmanager.indexOf(config));
  const make = ({ claim, labels }: MailSubject): Posted =>
    cast({ claim: claim.id, role: 'alert', labels, annotations: {} });
  const faults = subjects.flatMap(({ fault }) => fault ?? []);
  const plain = new Map(subjects.filter(({ fault }) => fault === undefined).map((one) => [one.place, make(one)]));
  const first = subjects.find(({ fault }) => fault !== undefined);
  const faulted = first === undefined ? undefined : make(first);
  const startsAt = new Date();
  const post = (posted: readonly Posted[], endsAt: Date): Promise<void> =>
    postAlerts(
      lab(),
      base,
      posted.map(({ labels, annotations }) => ({ labels, annotations, startsAt, endsAt })),
    );
  const later = new Date(startsAt.getTime() + 3_600_000);
  await post([...plain.values()], later);
  await arrive([...plain.values()]);
  const failed = await failedNotifications(lab(), base, 'email');
  const met = new Set<string>();
  let counted = false;
  let during: Arrival[] = [];
  try {
    for (const [index, fault] of faults.entries()) {
      const before = (await mailFaultsMet(lab()))[fault] ?? 0;
      await orderMailFault(lab(), fault);
      if (index === 0 && faulted !== undefined) await post([faulted], later);
      if (await happens(async () => ((await mailFaultsMet(lab()))[fault] ?? 0) > before)) met.add(fault);
    }
    counted = await happens(async () => (await failedNotifications(lab(), base, 'email')) > failed);
    during = await arrivals(lab());
  } finally {
    await orderMailFault(lab(), undefined);
  }
  const all = [...plain.values(), ...(faulted === undefined ? [] : [faulted])];
  await arrive(all);
  await settled('mails stop arriving', async () => arrivedTexts(await arrivals(lab())), quiet);
  const after = await arrivals(lab());
  await post(all, new Date());
  return { plain, faulted, met, counted, during, after };
}

/** Whether something comes true in time. */
async function happens(look: () => Promise<boolean>): Promise<boolean> {
  return eventually(
    'it happens',
    async () => ((await look()) ? { done: true, value: true } : { done: false, seen: 'not yet' }),
    patience,
  ).catch(() => false);
}

/** Waits until all have arrived; what never does is for the claims to tell. */
async function arrive(posted: readonly Posted[]): Promise<void> {
  const wanted = posted.flatMap((one) => expected(one, 'firing'));
  await happens(async () => {
    const all = await arrivals(lab());
    return wanted.every((one) => hasArrived(all, one));
  });
}
