import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { type ProvisionedSource, provisionedSources } from './provisioned-sources.ts';

/**
 * `Only one datasource per organization can be marked as default`: Grafana counts over all files and ends
 * (https://github.com/grafana/grafana/blob/v10.2.0/pkg/services/provisioning/datasources/config_reader.go).
 */
export const secondDefault = defineRule({
  id: 'grafana/second-default',
  severity: 'error',
  over: 'grafana',
  claim: 'No organisation of a Grafana has two default datasources.',
  check: (grafana) => {
    const first = new Map<string, ProvisionedSource>();
    return provisionedSources(grafana).flatMap((source): FindingDraft[] => {
      if (!source.isDefault || source.org.includes('$')) return [];
      const other = first.get(source.org);
      if (other === undefined) first.set(source.org, source);
      if (other === undefined) return [];
      return [
        {
          at: { ...source.at, pointer: [...(source.at.pointer ?? []), 'isDefault'] },
          message: `Datasource "${source.name}" is the default, as "${other.name}" is already, so Grafana ends as it starts`,
          related: [{ at: other.at, note: 'the first default datasource' }],
          hint: 'Leave "isDefault" to one of them',
          facts: { datasource: source.name, other: other.name },
        },
      ];
    });
  },
});
