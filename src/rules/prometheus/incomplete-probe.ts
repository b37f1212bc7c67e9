import type { FindingDraft } from '../../model/finding.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/**
 * A probe needs two steps of relabelling: the target becomes the parameter, and the address becomes that of the exporter
 * (https://prometheus.io/docs/guides/multi-target-exporter/).
 */
export const incompleteProbe = defineRule({
  id: 'prometheus/incomplete-probe',
  severity: 'error',
  over: 'scrape-job',
  claim: 'A job that hands its targets to an exporter also writes the address of that exporter.',
  check: (job): FindingDraft[] => {
    const steps = listAt(job.value, 'relabel_configs');
    const writes = (label: string): number =>
      steps.findIndex((step) => textValue(step, 'target_label') === label && isReplace(step));
    const asked = writes('__param_target');
    const mapped = steps.some((step) => textValue(step, 'action')?.toLowerCase() === 'labelmap');
    const named = steps.some((step) => textValue(step, 'target_label')?.includes('$') === true);
    if (asked === -1 || writes('__address__') !== -1 || mapped || named) return [];
    return [
      {
        at: { ...job.at, pointer: [...(job.at.pointer ?? []), 'relabel_configs', asked] },
        message: `Job "${job.name}" makes a parameter of each target and leaves its address, so it asks the targets themselves at "${job.metricsPath}" and no exporter`,
        hint: 'Add a step with "target_label: __address__" and the exporter as its "replacement"',
        facts: { job: job.name },
      },
    ];
  },
});

function isReplace(step: unknown): boolean {
  return (textValue(step, 'action') ?? 'replace').toLowerCase() === 'replace';
}
