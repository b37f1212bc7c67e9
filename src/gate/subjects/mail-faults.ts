import type { AlertmanagerConfig } from '../../model/alertmanager.ts';
import { type Stack, serviceByHost } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import type { Candidate } from '../../query/inhibition.ts';
import { likelyAlerts } from '../../query/likely-alerts.ts';
import { member } from '../../query/member.ts';
import { routesFor } from '../../query/routing.ts';
import { alertSubjects } from './alert-routing.ts';

/** What a mail host does wrong, by the name the stand-in knows it by, and how a claim calls it. */
const faults = {
  'no-starttls': 'a mail host that offers no STARTTLS',
  login: 'a mail host that refuses the login',
  recipient: 'a mail host that refuses the recipient',
  later: 'a mail host that asks to try later',
  silence: 'a mail host that says nothing',
} as const;

/** An e-mail integration that alerts reach, and an alert that does. */
export interface MailPlace {
  readonly alertmanager: string;
  /** `receiver/email/index`. */
  readonly place: string;
  readonly labels: Candidate['labels'];
  /** It is to use TLS, from the first byte or by STARTTLS. */
  readonly tls: 'first byte' | 'starttls' | 'none';
  /** Whom it is to log in as. */
  readonly user: string | undefined;
}

/** A claim about one e-mail integration: `fault` is undefined where it is how mails come when nothing is wrong. */
export interface MailSubject extends MailPlace {
  readonly claim: Claim;
  readonly fault: keyof typeof faults | undefined;
}

/**
 * What the suite of mail faults claims: every e-mail integration that alerts reach sends as it is told to, and one for
 * each Alertmanager outlives what a mail host can do wrong.
 */
export function mailSubjects(stack: Stack): MailSubject[] {
  return stack.alertmanager.flatMap((config) => {
    const places = mailPlaces(stack, config);
    const [first] = places.toSorted((a, b) => otherKinds(config, b) - otherKinds(config, a));
    const whose = stack.alertmanager.length > 1 ? `${config.service}: ` : '';
    const plain = places
      .filter(({ tls, user }) => tls !== 'none' || user !== undefined)
      .map((place) => ({
        ...place,
        claim: claimOf('mail-faults', `${whose}${place.place} uses TLS and its login`),
        fault: undefined,
      }));
    const outlived =
      first === undefined
        ? []
        : faultsOf(first).map((fault) => ({
            ...first,
            claim: claimOf('mail-faults', `${whose}${first.place} outlives ${faults[fault]}`),
            fault,
          }));
    return [...plain, ...outlived];
  });
}

/** Without STARTTLS in use its absence is no fault, and so with the login. */
function faultsOf({ tls, user }: MailPlace): (keyof typeof faults)[] {
  return [
    ...(tls === 'starttls' ? (['no-starttls'] as const) : []),
    ...(tls !== 'none' && user !== undefined ? (['login'] as const) : []),
    'recipient',
    'later',
    'silence',
  ];
}

function mailPlaces(stack: Stack, config: AlertmanagerConfig): MailPlace[] {
  const alerts = alertSubjects(stack)
    .filter(({ alertmanager }) => alertmanager === config.service)
    .flatMap(({ alert, prometheus }) => likelyAlerts(alert, prometheus));
  return config.receivers.flatMap(({ name, integrations }) => {
    const reaching = alerts.find(({ labels }) => routesFor(config, labels).some(({ receiver }) => receiver === name));
    if (reaching === undefined) return [];
    return integrations
      .filter(({ kind }) => kind === 'email')
      .map(({ index, value }) => ({
        alertmanager: config.service,
        place: `${name}/email/${index}`,
        labels: reaching.labels,
        ...connection(stack, config, value),
      }));
  });
}

/** How many integrations of another kind the same alert reaches: they have to get it whatever the mail host does. */
function otherKinds({ receivers, ...config }: AlertmanagerConfig, { labels }: MailPlace): number {
  const names = routesFor({ ...config, receivers }, labels).map(({ receiver }) => receiver);
  return receivers
    .filter(({ name }) => names.includes(name))
    .flatMap(({ integrations }) => integrations)
    .filter(({ kind }) => kind !== 'email').length;
}

/**
 * `require_tls` is true where nothing is written (https://prometheus.io/docs/alerting/0.26/configuration/#email_config).
 * Of a mail host within the stack, which is played, it is not known what it offers.
 */
function connection(
  stack: Stack,
  config: AlertmanagerConfig,
  value: Readonly<Record<string, unknown>>,
): Pick<MailPlace, 'tls' | 'user'> {
  const of = (key: string): unknown => value[key] ?? member(config.value, 'global', `smtp_${key}`);
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\w+)$/.exec(String(of('smarthost') ?? '')) ?? [];
  const user = of('auth_username');
  const inner = serviceByHost(stack, host) !== undefined;
  const starttls = of('require_tls') !== false;
  return {
    tls: port === '465' ? 'first byte' : starttls ? 'starttls' : 'none',
    user: typeof user === 'string' && user !== '' && !(inner && !starttls) ? user : undefined,
  };
}
