import type { PrometheusConfig } from '../../model/prometheus.ts';
import { problemsOf } from '../../schema/problems.ts';
import { prometheusConfig, scrapeConfigFile } from '../../schema/prometheus/config.ts';
import { defineRule } from '../define-rule.ts';
import { schemaFindings } from '../support/schema-findings.ts';
import { isAtMost } from '../support/versions.ts';

/**
 * Prometheus reads its configuration strictly: an unknown key, a value of another kind or one that its loader refuses, and
 * it does not start (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/).
 */
export const invalidConfiguration = defineRule({
  id: 'prometheus/invalid-configuration',
  severity: 'error',
  over: 'prometheus',
  claim: 'The configuration of Prometheus has only keys and values that its version reads.',
  check: (config, { stack }) => {
    const known = isAtMost(
      stack.services.find((service) => service.name === config.service),
      2,
      47,
    );
    const reading = { follows: 'Prometheus refuses the file and does not start', known };
    const main =
      config.file === undefined ? [] : schemaFindings(config.file, problemsOf(prometheusConfig, config.value), reading);
    return [
      ...main,
      ...jobFilesOf(config).flatMap((path) =>
        schemaFindings(path, problemsOf(scrapeConfigFile, config.contents.get(path) ?? null), reading),
      ),
    ];
  },
});

function jobFilesOf({ jobFiles }: PrometheusConfig): string[] {
  return [...new Set(jobFiles.flatMap(({ paths }) => paths))];
}
