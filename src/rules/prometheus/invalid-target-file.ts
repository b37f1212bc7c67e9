import { problemsOf } from '../../schema/problems.ts';
import { targetFile } from '../../schema/prometheus/config.ts';
import { defineRule } from '../define-rule.ts';
import { schemaFindings } from '../support/schema-findings.ts';

/**
 * A file of `file_sd_configs` is read while Prometheus runs: one that it cannot read is logged, and the targets of before
 * stay (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#file_sd_config).
 */
export const invalidTargetFile = defineRule({
  id: 'prometheus/invalid-target-file',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every file of targets is a list of groups with "targets" and "labels".',
  check: (config) => {
    const paths = new Set(config.targetFiles.flatMap((entry) => entry.paths));
    const reading = { follows: 'Prometheus takes no target from the file', known: true };
    return [...paths].flatMap((path) =>
      schemaFindings(path, problemsOf(targetFile, config.contents.get(path) ?? null), reading),
    );
  },
});
