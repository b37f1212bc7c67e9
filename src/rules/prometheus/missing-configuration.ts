import type { FindingDraft } from '../../model/finding.ts';
import { flagValue } from '../../read/flags.ts';
import { containerPath } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { absence } from '../support/absent.ts';
import { isOfItsMakers } from '../support/makers.ts';

const ofImage = '/etc/prometheus/prometheus.yml';

/** The configuration a flag names must be mounted: the image brings an example at its default path, and no other file. */
export const missingConfiguration = defineRule({
  id: 'prometheus/missing-configuration',
  severity: 'error',
  over: 'service',
  claim: 'The configuration that Prometheus is told to read is in its container.',
  check: (service, { repository: { tree } }) => {
    if (service.product !== 'prometheus' || !isOfItsMakers(service)) return [];
    const flag = flagValue(service, 'config.file');
    if (service.definition['entrypoint'] !== undefined || flag?.value.includes('$') === true) return [];
    if (flag === undefined && service.command.length > 0) return [];
    const path = containerPath('/prometheus', flag?.value || ofImage);
    const why = absence(tree, service, path);
    if (why === undefined) return [];
    const at = flag?.at ?? service.at;
    const facts = { service: service.name, path };
    if (path === ofImage && why === 'nobody mounts it') {
      const message = `Nobody mounts "${path}" into "${service.name}", so Prometheus runs with the example of its image, which scrapes itself alone`;
      return [{ at, severity: 'warning', message, hint: 'Mount a configuration there', facts }];
    }
    const message = `"${path}" is not in the container of "${service.name}": ${why}, so Prometheus does not start`;
    const draft: FindingDraft = { at, message, hint: 'Mount the file there, or name the one that is mounted', facts };
    return [draft];
  },
});
