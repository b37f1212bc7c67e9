import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { quote } from '../support/quote.ts';
import { metricsRead, type Recording, recordingsOf } from '../support/recordings.ts';

/** A rule reads what was recorded before: in a loop every evaluation builds on the last one. */
export const recordingLoop = defineRule({
  id: 'rules/recording-loop',
  severity: 'warning',
  over: 'prometheus',
  claim: 'No recording rule reads what it records, not even through others.',
  check: (config) => {
    const recordings = recordingsOf(config);
    const done = new Set<string>();
    const found: FindingDraft[] = [];
    for (const start of recordings.keys()) {
      const path: string[] = [];
      const waiting: { readonly name: string; readonly depth: number }[] = [{ name: start, depth: 0 }];
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        path.length = next.depth;
        const loop = path.indexOf(next.name);
        if (loop !== -1) found.push(...drafts(recordings.get(next.name) ?? [], path.slice(loop)));
        if (done.has(next.name)) continue;
        done.add(next.name);
        path.push(next.name);
        const read = (recordings.get(next.name) ?? []).flatMap(({ rule }) => metricsRead(rule.expr.value));
        for (const name of new Set(read)) if (recordings.has(name)) waiting.push({ name, depth: path.length });
      }
    }
    return found;
  },
});

function drafts(recordings: readonly Recording[], loop: readonly string[]): FindingDraft[] {
  const [first] = recordings;
  if (first === undefined) return [];
  const { rule } = first;
  const through = loop.slice(1).map(quote).join(' and ');
  const how = through === '' ? 'what it records itself' : `what it records itself, by way of ${through}`;
  return [
    {
      at: rule.expr.at,
      message: `Recording rule "${rule.name}" reads ${how}, so every evaluation builds on the one before`,
      hint: 'Give the result a name of its own, such as "level:metric:operation"',
      facts: { rule: rule.name, loop: [...loop] },
    },
  ];
}
