import type { FindingDraft } from '../../model/finding.ts';
import { textsAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { jobsOf, stagesOf } from './jobs.ts';

/** Names of what is another for nearly every line. */
const unbounded =
  /^(trace_?id|span_?id|request_?id|req_?id|correlation_?id|session_?id|transaction_?id|user_?id|order_?id|message_?id|ip|client_?ip|remote_?(addr|ip)|src_?ip|uri|url|request_?uri|user_?agent|referer|timestamp|time|ts|msg|message|body|duration|latency|response_?time|bytes|bytes_sent|uuid|pid)$/i;

/**
 * Every value of a label makes a stream of its own, with chunks and an index entry of its own
 * (https://grafana.com/docs/loki/v2.9.x/get-started/labels/bp-labels/).
 */
export const unboundedLabel = defineRule({
  id: 'promtail/unbounded-label',
  severity: 'warning',
  over: 'promtail',
  claim: 'No label of a stream takes another value for nearly every line.',
  check: ({ file, service, value }) => {
    if (file === undefined) return [];
    return jobsOf(value).flatMap((job) => {
      const stages = stagesOf(job);
      // What a later stage takes away again never becomes a stream.
      const dropped = JSON.stringify(stages.filter(({ kind }) => /^(labeldrop|labelallow|pack)$/.test(kind)));
      return stages
        .filter(({ kind }) => kind === 'labels')
        .flatMap(({ config, pointer }): FindingDraft[] =>
          Object.entries(textsAt(config))
            .filter(([label, source]) => unbounded.test(label) || unbounded.test(source))
            .filter(([label]) => !dropped.includes(`"${label}"`) && !dropped.includes('"labelallow"'))
            .map(([label]) => ({
              at: { file, pointer: [...pointer, label], part: 'key' },
              message: `Job "${job.name}" makes "${label}" a label of its streams, and nearly every line has another, so Loki keeps a stream for each`,
              hint: 'Leave it in the line, where a query filters by it after json or logfmt',
              facts: { service, job: job.name, label },
            })),
        );
    });
  },
});
