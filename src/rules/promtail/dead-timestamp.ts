import type { FindingDraft } from '../../model/finding.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { jobsOf, stagesOf } from './jobs.ts';

const named =
  /^(ANSIC|UnixDate|RubyDate|RFC822|RFC822Z|RFC850|RFC1123|RFC1123Z|RFC3339|RFC3339Nano|Unix|UnixMs|UnixUs|UnixNs)$/;

/**
 * The format of a `timestamp` stage is one of its names, or Go's reference time written out: `2006-01-02 15:04:05`
 * (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/stages/timestamp/). Letters of other languages are plain text.
 */
export const deadTimestamp = defineRule({
  id: 'promtail/dead-timestamp',
  severity: 'error',
  over: 'promtail',
  claim: 'Every format of a timestamp stage is one that Go can read a time by.',
  check: ({ file, service, value }) => {
    if (file === undefined) return [];
    return jobsOf(value).flatMap((job) =>
      stagesOf(job)
        .filter(({ kind }) => kind === 'timestamp')
        .flatMap(({ config, pointer }): FindingDraft[] => {
          const format = textValue(config, 'format') ?? '';
          const problem = problemOf(format);
          if (problem === undefined || listAt(config, 'fallback_formats').length > 0) return [];
          return [
            {
              at: { file, pointer: [...pointer, 'format'] },
              message: `The format "${format}" of job "${job.name}" ${problem}, so every line keeps the time at which it was read`,
              hint: 'Write the reference time of Go as the line would show it: 2006-01-02T15:04:05Z07:00',
              facts: { service, job: job.name, format },
            },
          ];
        }),
    );
  },
});

function problemOf(format: string): string | undefined {
  if (format === '' || named.test(format) || format.includes('${')) return undefined;
  if (/%[A-Za-z]/.test(format)) return 'is written for strftime, which Go does not know';
  if (/yyyy|YYYY|\bHH\b|\bDD?\b(?=[^a-z]|$)/.test(format))
    return 'is written in letters, which Go takes for plain text';
  // The parts of Go's reference time: month, day, hour, minute, second, year, zone.
  return /Jan|Mon|[1-6]|0[1-6]|15|MST/.test(format) ? undefined : 'holds no part of the reference time of Go';
}
