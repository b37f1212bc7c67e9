import { alertmanagerFlags } from '../../catalog/alertmanager.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { commandLine, type FlagFault, type GivenFlag } from '../support/kingpin.ts';
import { isOfItsMakers } from '../support/makers.ts';
import { isUnfilled } from '../support/unfilled.ts';
import { imageVersion, isAtMost } from '../support/versions.ts';

/**
 * A flag that Alertmanager does not know, or a value it cannot read, and it prints its usage and ends
 * (https://github.com/prometheus/alertmanager/blob/v0.26.0/cmd/alertmanager/main.go).
 */
export const invalidFlag = defineRule({
  id: 'alertmanager/invalid-flag',
  severity: 'error',
  over: 'service',
  claim: 'Every flag of Alertmanager is one that its version has, with a value it takes.',
  check: (service, { stack }) => {
    if (service.product !== 'alertmanager' || !isOfItsMakers(service)) return [];
    const line = commandLine(service, { name: 'Alertmanager', flags: alertmanagerFlags });
    if (line === undefined) return [];
    // Older releases had flags that went, newer ones have some more: there a flag that is not known may be right.
    const known = isAtMost(service, 0, 26) && (imageVersion(service)?.[1] ?? 0) >= 22;
    return (
      [...line.faults, ...line.given.flatMap(notAnAddress)]
        .filter(({ wrong }) => known || !wrong.startsWith('is no flag of'))
        .filter(({ word, wrong }) => wrong.startsWith('is no flag of') || !isUnfilled(stack, word))
        // The program's own name in front is a rule of the compose room.
        .filter(({ word }) => word !== service.command[0] || word.value.startsWith('-'))
        .map(({ word, wrong, hint }): FindingDraft => {
          const message = `"${word.value}" of service "${service.name}" ${wrong}, so Alertmanager prints its usage and does not start`;
          return { at: word.at, message, facts: { flag: word.value }, ...(hint === undefined ? {} : { hint }) };
        })
    );
  },
});

function notAnAddress({ name, value = '', word }: GivenFlag): FlagFault[] {
  const wrong = name === 'web.external-url' && /^[a-z]+:\/\//i.test(value) && !/^https?:\/\/[^/]/i.test(value);
  return wrong
    ? [{ word, wrong: 'has a value that is no URL with http or https', hint: 'Write http:// or https:// and a host' }]
    : [];
}
