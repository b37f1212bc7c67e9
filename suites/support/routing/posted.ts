import { createHash } from 'node:crypto';
import { type AlertSubject, alertSubjects, routesFor } from '../../../src/index.ts';
import { run } from '../run.ts';

/** An alert as the suite posts it, the receivers its routes name, and where it must arrive: `receiver/kind/index`. */
export interface Case {
  readonly id: string;
  readonly subject: AlertSubject;
  readonly labels: Readonly<Record<string, string>>;
  readonly receivers: readonly string[];
  readonly expected: readonly string[];
}

/** Every alerting rule of the stack as one case. */
export const cases: readonly Case[] = withExpectations(
  alertSubjects(run.stack).map((subject, index) => labelled(subject, index)),
);

/** The rule's own labels, and the case: alerts of different cases do not mute each other in the lab. */
function labelled(subject: AlertSubject, index: number): Omit<Case, 'receivers' | 'expected'> {
  const id = `case-${index}-${createHash('sha256').update(subject.claim.id).digest('hex').slice(0, 8)}`;
  const labels = {
    instance: id,
    ...subject.externalLabels,
    ...plain(subject.alert.labels),
    alertname: subject.alert.name,
    stackproof_case: id,
  };
  return { id, subject, labels };
}

/** A label whose value is a template has, in the message, some text: here its case's. */
function plain(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [name, value.includes('{{') ? 'templated' : value]),
  );
}

function withExpectations(posted: readonly Omit<Case, 'receivers' | 'expected'>[]): Case[] {
  return posted.flatMap((one) => {
    const config = run.stack.alertmanager.find(({ service }) => service === one.subject.alertmanager);
    if (config === undefined) return [];
    const names = new Set(routesFor(config, one.labels).map((route) => route.receiver));
    const expected = config.receivers
      .filter((receiver) => names.has(receiver.name))
      .flatMap((receiver) => receiver.integrations.map((one) => `${receiver.name}/${one.kind}/${one.index}`));
    return { ...one, receivers: [...names].sort(), expected: expected.sort() };
  });
}
