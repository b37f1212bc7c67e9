import type { FindingDraft } from '../../model/finding.ts';
import { isMapping, listAt, mappingAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { jobsOf, serviceOf } from './jobs.ts';

/**
 * A target of files without a `__path__` is dropped with `no path for target`
 * (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/configuration/#static_configs).
 */
export const missingPath = defineRule({
  id: 'promtail/missing-path',
  severity: 'error',
  over: 'promtail',
  claim: 'Every target of files says which files: it has a __path__.',
  check: (promtail, { stack }) => {
    const { file, value } = promtail;
    const service = serviceOf(stack, promtail);
    if (file === undefined || service === undefined) return [];
    // What comes on standard input has no path.
    if (textValue(value, 'target_config', 'stdin') !== undefined) return [];
    return jobsOf(value).flatMap((job) => {
      const relabelled = listAt(job.value, 'relabel_configs').some(
        (step) => textValue(step, 'target_label') === '__path__' || /^labelmap$/i.test(textValue(step, 'action') ?? ''),
      );
      if (relabelled) return [];
      return listAt(job.value, 'static_configs').flatMap((group, index): FindingDraft[] => {
        if (!isMapping(group) || '__path__' in mappingAt(group, 'labels')) return [];
        return [
          {
            at: { file, pointer: [...job.pointer, 'static_configs', index] },
            message: `A target of job "${job.name}" has no "__path__", so Promtail "${service.name}" drops it and reads nothing`,
            hint: 'Add the label __path__ with the files to read',
            facts: { service: service.name, job: job.name },
          },
        ];
      });
    });
  },
});
