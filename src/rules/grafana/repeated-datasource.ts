import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { type ProvisionedSource, provisionedSources } from './provisioned-sources.ts';

/** Grafana finds a datasource again by its name, so the later entry takes the place of the earlier (https://github.com/grafana/grafana/blob/v10.2.0/pkg/services/provisioning/datasources/datasources.go). */
export const repeatedDatasource = defineRule({
  id: 'grafana/repeated-datasource',
  severity: 'warning',
  over: 'grafana',
  claim: 'No two datasources of a Grafana have the same name.',
  check: (grafana) => {
    const first = new Map<string, ProvisionedSource>();
    return provisionedSources(grafana).flatMap((source): FindingDraft[] => {
      const { name, org, at } = source;
      const key = JSON.stringify([org, name]);
      const other = first.get(key);
      if (other === undefined) first.set(key, source);
      if (other === undefined || name === '' || name.includes('$')) return [];
      return [
        {
          at: { ...at, pointer: [...(at.pointer ?? []), 'name'] },
          message: `Datasource "${name}" is provisioned twice, so the second takes the place of the first, and its uid goes with it`,
          related: [{ at: other.at, note: 'the first of this name' }],
          hint: 'Keep one of them, or give it a name of its own',
          facts: { datasource: name },
        },
      ];
    });
  },
});
