import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { type ProvisionedSource, provisionedSources } from './provisioned-sources.ts';

/**
 * `data source with the same uid already exists`: Grafana finds a datasource again by its name, so two entries of one name
 * are one (https://github.com/grafana/grafana/blob/v10.2.0/pkg/services/provisioning/datasources/datasources.go).
 */
export const duplicateDatasourceUid = defineRule({
  id: 'grafana/duplicate-datasource-uid',
  severity: 'error',
  over: 'grafana',
  claim: 'No two datasources of a Grafana have the same uid.',
  check: (grafana) => {
    const first = new Map<string, ProvisionedSource>();
    return provisionedSources(grafana).flatMap((source): FindingDraft[] => {
      const { uid, name, org, at } = source;
      if (uid === undefined || `${uid}${org}${name}`.includes('$')) return [];
      const other = first.get(`${org} ${uid}`);
      if (other === undefined) first.set(`${org} ${uid}`, source);
      if (other === undefined || other.name === name) return [];
      return [
        {
          at: { ...at, pointer: [...(at.pointer ?? []), 'uid'] },
          message: `Datasource "${name}" has the uid "${uid}" of "${other.name}", so Grafana ends as it starts`,
          related: [{ at: other.at, note: 'the other datasource with this uid' }],
          hint: 'Give it a uid of its own',
          facts: { uid, datasource: name, other: other.name },
        },
      ];
    });
  },
});
