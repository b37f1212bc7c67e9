import type { Matcher } from '../../../model/alertmanager.ts';
import type { AlertRule, RecordingRule } from '../../../model/prometheus.ts';
import { resultLabels } from '../../../query/promql-labels.ts';
import { type Reply, sieve } from './reply.ts';
import type { Series } from './sample.ts';
import type { Server } from './server.ts';

const noValues = {};
const none: ReadonlySet<string> = new Set();
const states = ['pending', 'firing'];

/** What the rules of a server give under a name: recordings, and the alerts as `ALERTS`. */
export function ruleSeries(server: Server, name: string, matchers: readonly Matcher[]): Reply[] {
  const replies = (server.recordings.get(name) ?? []).map((rule) => sieve(recorded(rule), matchers, true));
  if (name === 'ALERTS' || name === 'ALERTS_FOR_STATE')
    for (const rule of server.alerts) replies.push(sieve(alerting(rule, name === 'ALERTS'), matchers, true));
  if (!server.rulesKnown) replies.push({ kind: 'unknown' });
  return replies;
}

function recorded(rule: RecordingRule): Series {
  return { ...labelled(rule), begins: [], values: noValues, firm: none };
}

function alerting(rule: AlertRule, withState: boolean): Series {
  const { labels, others } = labelled(rule);
  labels.set('alertname', rule.name);
  if (withState) labels.set('alertstate', undefined);
  return { labels, others, begins: [], values: { alertstate: states }, firm: none };
}

function labelled({ expr, labels }: AlertRule | RecordingRule): {
  readonly labels: Map<string, string | undefined>;
  readonly others: boolean;
} {
  const result = resultLabels(expr.value);
  const found = new Map<string, string | undefined>([...(result ?? [])].map((label) => [label, undefined]));
  for (const [label, value] of Object.entries(labels)) found.set(label, value.includes('{{') ? undefined : value);
  return { labels: found, others: result === undefined };
}
