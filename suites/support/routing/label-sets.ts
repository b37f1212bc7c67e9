import {
  type AlertSubject,
  alertLabels,
  asSent,
  baseUrl,
  type Candidate,
  eventually,
  expandText,
  externalLabels,
  type Labels,
  likelyAlerts,
  openedExpression,
  queryLabels,
  type Sending,
  sendingOf,
} from '../../../src/index.ts';
import { lab, leftOut, run, shutDoor } from '../run.ts';

/** An alert as it would be sent, with the texts of its annotations. */
export interface RealAlert extends Candidate {
  readonly annotations: Labels;
}

/** How long the first scrapes and recordings may take until a rule's series are there, in milliseconds. */
const firstSeries = 10_000;

/**
 * The alerts each rule would send, as the running Prometheus has its series: the rule's expression without its filters is
 * asked for. Where that finds nothing (the metric is not in the lab) they are what the files tell.
 */
export async function realAlerts(subjects: readonly AlertSubject[]): Promise<Map<AlertSubject, RealAlert[]>> {
  const found = new Map<AlertSubject, RealAlert[]>();
  for (const service of new Set(subjects.map(({ prometheus }) => prometheus.service))) {
    const mine = subjects.filter(({ prometheus }) => prometheus.service === service);
    const asked = (leftOut(service) ?? (await shutDoor(service))) === undefined;
    const base = asked ? baseUrl(lab(), run.stack, service) : undefined;
    const sending = await sendingOfServer(mine[0], base);
    if (base !== undefined) await askFor(mine, base, sending, found);
    for (const subject of mine.filter((one) => !found.has(one))) found.set(subject, fromFiles(subject, sending));
  }
  return found;
}

async function sendingOfServer(subject: AlertSubject | undefined, base: string | undefined): Promise<Sending> {
  if (subject === undefined) return { externalLabels: {}, relabelling: [] };
  const { prometheus } = subject;
  if (base === undefined) return sendingOf(prometheus);
  return eventually(`"${prometheus.service}" tells its external labels`, async () => ({
    done: true,
    value: sendingOf(prometheus, await externalLabels(lab(), base)),
  }));
}

async function askFor(
  subjects: readonly AlertSubject[],
  base: string,
  sending: Sending,
  found: Map<AlertSubject, RealAlert[]>,
): Promise<void> {
  const look = async (): Promise<string[]> => {
    const missing = subjects.filter((subject) => !found.has(subject));
    for (const subject of missing) {
      const opened = openedExpression(subject.alert.expr.value);
      const series = opened === undefined ? undefined : await queryLabels(lab(), base, opened);
      if (series !== undefined && series.length > 0)
        found.set(subject, distinct(series.flatMap((labels) => realAlert(subject, labels, sending))));
    }
    return missing.filter((subject) => !found.has(subject)).map(({ alert }) => alert.name);
  };
  await eventually(
    'every alert has series',
    async () => {
      const missing = await look();
      return missing.length === 0
        ? { done: true, value: true }
        : { done: false, seen: `none for ${missing.join(', ')}` };
    },
    { within: firstSeries },
  ).catch(() => undefined);
}

function realAlert({ alert }: AlertSubject, series: Labels, sending: Sending): RealAlert[] {
  const labels = asSent(alertLabels(alert, series, sending.externalLabels), sending);
  if (labels === undefined) return [];
  const annotations = Object.entries(alert.annotations).map(([name, text]) => [
    name,
    expandText(text, series, sending.externalLabels),
  ]);
  return [{ labels, annotations: Object.fromEntries(annotations), open: new Set() }];
}

function fromFiles({ alert, prometheus }: AlertSubject, sending: Sending): RealAlert[] {
  return likelyAlerts(alert, prometheus, sending).map(({ labels, open }) => {
    const annotations = Object.entries(alert.annotations).map(([name, text]) => [
      name,
      expandText(text, labels, sending.externalLabels),
    ]);
    return { labels, open, annotations: Object.fromEntries(annotations) };
  });
}

/** Each label set once, in an order that does not depend on the server. */
function distinct(alerts: readonly RealAlert[]): RealAlert[] {
  const known = new Map(alerts.map((alert) => [JSON.stringify(Object.entries(alert.labels).sort()), alert]));
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, alert]) => alert);
}
