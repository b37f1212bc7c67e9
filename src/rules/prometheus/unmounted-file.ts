import { posix } from 'node:path';
import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import { flagValue } from '../../read/flags.ts';
import { containerPath } from '../../read/paths.ts';
import { isMapping } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { absence } from '../support/absent.ts';
import { isOfItsMakers } from '../support/makers.ts';

const keys = /^(?:ca|cert|key|credentials|password|bearer_token|client_secret|kubeconfig|secret_key|auth_token)_file$/;

/**
 * Secrets and certificates are read inside the container, from the folder of the configuration where the path is relative
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#tls_config).
 */
export const unmountedFile = defineRule({
  id: 'prometheus/unmounted-file',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every secret and certificate that the configuration names is in the container of Prometheus.',
  check: (config, { stack, repository: { tree } }) => {
    const service = stack.services.find((one) => one.name === config.service);
    const { file } = config;
    if (service === undefined || file === undefined || !isOfItsMakers(service)) return [];
    const folder = posix.dirname(flagValue(service, 'config.file')?.value || '/etc/prometheus/prometheus.yml');
    return filesIn(config.value, []).flatMap(({ pointer, value }): FindingDraft[] => {
      const path = containerPath(folder, value);
      // The image brings the certificates of the usual authorities.
      const why = path.startsWith('/etc/ssl/') || /\$/.test(path) ? undefined : absence(tree, service, path);
      if (why === undefined) return [];
      return [
        {
          at: { file, pointer },
          message: `"${value}" is not in the container of "${config.service}": ${why}, so every request that needs it fails`,
          related: [{ at: service.at, note: 'the service and its mounts' }],
          hint: 'Mount it there, best as a secret, or name the path where it is',
          facts: { path, service: config.service },
        },
      ];
    });
  },
});

function filesIn(value: unknown, at: Pointer): { pointer: Pointer; value: string }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => filesIn(item, [...at, index]));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, held]) => {
    const pointer = [...at, key];
    return typeof held === 'string'
      ? keys.test(key) && held !== ''
        ? [{ pointer, value: held }]
        : []
      : filesIn(held, pointer);
  });
}
