import type { FindingDraft } from '../../model/finding.ts';
import type { RecordingRule } from '../../model/prometheus.ts';
import { treeOf } from '../../query/promql.ts';
import { printed } from '../../query/promql-print.ts';
import { defineRule } from '../define-rule.ts';
import { recordingsOf } from '../support/recordings.ts';

/** Two rules that record the same series write two samples for one moment: Prometheus drops one of them and logs it. */
export const duplicateRecording = defineRule({
  id: 'rules/duplicate-recording',
  severity: 'warning',
  over: 'prometheus',
  claim: 'No two recording rules of a Prometheus record the same.',
  check: (config) =>
    [...recordingsOf(config).values()].flatMap((makers): FindingDraft[] => {
      if (makers.length < 2) return [];
      const first = new Map<string, RecordingRule>();
      return makers.flatMap(({ rule }): FindingDraft[] => {
        const tree = treeOf(rule.expr.value);
        const labels = Object.entries(rule.labels).sort(([a], [b]) => (a < b ? -1 : 1));
        const key = JSON.stringify([labels, tree === undefined ? rule.expr.value : printed(tree)]);
        const other = first.get(key);
        if (other === undefined) first.set(key, rule);
        if (other === undefined) return [];
        return [
          {
            at: rule.at,
            message: `"${rule.name}" is recorded twice by the same expression, so one of each two samples is dropped`,
            related: [{ at: other.at, note: 'the other rule' }],
            hint: 'Keep one of them',
            facts: { rule: rule.name, other: other.at.file },
          },
        ];
      });
    }),
});
