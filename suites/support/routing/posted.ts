import { createHash } from 'node:crypto';
import { type AlertSubject, alertSubjects, isInhibited, routesFor } from '../../../src/index.ts';
import { run } from '../run.ts';

/** An alert as the suite posts it, and where it must arrive: `receiver/kind/index`, sorted. */
export interface Case {
  readonly id: string;
  readonly subject: AlertSubject;
  readonly labels: Readonly<Record<string, string>>;
  readonly expected: readonly string[];
}

/** Every alerting rule of the stack as one case. */
export const cases: readonly Case[] = withExpectations(
  alertSubjects(run.stack).map((subject, index) => labelled(subject, index)),
);

/**
 * The rule's own labels, and a value of the case's own for every label that inhibition compares: otherwise alerts posted
 * together would mute each other, which is not what the rule's routes are asked here.
 */
function labelled(subject: AlertSubject, index: number): Omit<Case, 'expected'> {
  const id = `case-${index}-${createHash('sha256').update(subject.claim.id).digest('hex').slice(0, 8)}`;
  const compared = run.stack.alertmanager.flatMap((config) => config.inhibitRules.flatMap((rule) => rule.equal));
  const own = Object.fromEntries(['instance', ...compared].map((label) => [label, id]));
  const labels = {
    ...subject.externalLabels,
    ...own,
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

function withExpectations(posted: readonly Omit<Case, 'expected'>[]): Case[] {
  const config = run.stack.alertmanager[0];
  if (config === undefined) return [];
  return posted.map((one) => {
    const others = posted.filter((other) => other !== one).map((other) => other.labels);
    if (isInhibited(config, one.labels, others)) return { ...one, expected: [] };
    const names = new Set(routesFor(config, one.labels).map((route) => route.receiver));
    const expected = config.receivers
      .filter((receiver) => names.has(receiver.name))
      .flatMap((receiver) => receiver.integrations.map((one) => `${receiver.name}/${one.kind}/${one.index}`));
    return { ...one, expected: expected.sort() };
  });
}
