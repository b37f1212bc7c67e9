import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { isFlagOn } from '../support/features.ts';
import { type FlagFault, prometheusCommand } from '../support/kingpin.ts';
import { isOfItsMakers } from '../support/makers.ts';
import { isUnfilled } from '../support/unfilled.ts';
import { imageVersion, isAtMost } from '../support/versions.ts';

/**
 * A flag that Prometheus does not know, or a value it cannot read, and it prints its usage and ends
 * (https://prometheus.io/docs/prometheus/2.47/command-line/prometheus/).
 */
export const invalidFlag = defineRule({
  id: 'prometheus/invalid-flag',
  severity: 'error',
  over: 'service',
  claim: 'Every flag of Prometheus is one that its version has, with a value it takes.',
  check: (service, { stack }) => {
    if (service.product !== 'prometheus' || !isOfItsMakers(service)) return [];
    const line = prometheusCommand(service);
    if (line === undefined) return [];
    const [, minor = 0] = imageVersion(service) ?? [];
    // Older releases had flags that went, newer ones have some more: there a flag that is not known may be right.
    const known = isAtMost(service, 2, 47) && minor >= 40;
    const agent = isFlagOn(service, 'agent') && known;
    const misplaced = line.given
      .filter(({ flag }) => known && flag.mode === (agent ? 'server' : 'agent'))
      .map(({ word }): FlagFault => {
        const wrong = agent
          ? 'belongs to the server, and this is an agent'
          : 'belongs to the agent, and this is a server';
        return { word, wrong };
      });
    return (
      [...line.faults, ...misplaced]
        .filter(({ wrong }) => known || !wrong.startsWith('is no flag of'))
        .filter(({ word, wrong }) => wrong.startsWith('is no flag of') || !isUnfilled(stack, word))
        // The program's own name in front is a rule of the compose room.
        .filter(({ word }) => word !== service.command[0] || word.value.startsWith('-'))
        .map(({ word, wrong, hint }): FindingDraft => {
          const message = `"${word.value}" of service "${service.name}" ${wrong}, so Prometheus prints its usage and does not start`;
          return { at: word.at, message, facts: { flag: word.value }, ...(hint === undefined ? {} : { hint }) };
        })
    );
  },
});
