import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { isOpaque, serviceOf } from './around.ts';

/**
 * `ERROR: Both GF_… and GF_…__FILE are set (but are exclusive)`: the start script of the image ends there
 * (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-docker/#configure-grafana-with-docker-secrets).
 */
export const exclusiveVariables = defineRule({
  id: 'grafana/exclusive-variables',
  severity: 'error',
  over: 'grafana',
  claim: 'No variable of Grafana is set both as a value and as a file.',
  check: (grafana, { stack }) => {
    const service = serviceOf(stack, grafana);
    const official = /(?:^|\/)grafana\/grafana/.test(service?.image?.value ?? '');
    if (service === undefined || !official || isOpaque(service) || 'entrypoint' in service.definition) return [];
    return [...service.environment].flatMap(([name, { value, at }]): FindingDraft[] => {
      const bare = name.replace(/^(GF_\w+)__FILE$/, '$1');
      const other = bare === name ? undefined : service.environment.get(bare);
      if (!value || !other?.value) return [];
      return [
        {
          at,
          message: `"${name}" and "${bare}" of service "${service.name}" are both set and exclude each other, so Grafana does not start`,
          related: [{ at: other.at, note: 'the other form of the variable' }],
          hint: `Remove "${bare}"`,
          facts: { service: service.name, variable: bare },
        },
      ];
    });
  },
});
