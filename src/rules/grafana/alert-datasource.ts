import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { isExpression } from './alert-graph.ts';

/** An alert rule names its datasources by uid alone (https://grafana.com/docs/grafana/v10.2/alerting/set-up/provision-alerting-resources/file-provisioning/). */
export const alertDatasource = defineRule({
  id: 'grafana/alert-datasource',
  severity: 'error',
  over: 'grafana',
  claim: 'Every datasource that an alert rule of Grafana asks is provisioned.',
  check: ({ alerts = [], datasources }) => {
    const known = new Set(datasources.map(({ uid }) => uid));
    // Where a uid comes from the environment, or none is provisioned, somebody may have made it by hand.
    const open = datasources.length === 0 || datasources.some(({ uid, name }) => `${uid}${name}`.includes('$'));
    const lost = alerts.flatMap((alert) =>
      alert.queries
        .filter(
          (query) => !isExpression(query) && !known.has(query.datasourceUid) && !query.datasourceUid.includes('$'),
        )
        .map((query) => ({ alert, query })),
    );
    if (open) {
      const [first] = lost;
      if (first === undefined) return [];
      const at = { ...first.query.at, pointer: [...(first.query.at.pointer ?? []), 'datasourceUid'] };
      const message = `${lost.length} queries of alerts ask datasources such as "${first.query.datasourceUid}", and whether Grafana has them cannot be told from the files`;
      return [{ at, severity: 'info', message, hint: 'Provision a datasource with this uid' }];
    }
    return lost.map(({ alert, query }): FindingDraft => {
      const byName = datasources.find(({ name }) => name === query.datasourceUid);
      return {
        at: { ...query.at, pointer: [...(query.at.pointer ?? []), 'datasourceUid'] },
        message: `Query "${query.refId}" of alert "${alert.title}" asks the datasource "${query.datasourceUid}", which no file provisions, so every evaluation fails`,
        hint:
          byName === undefined
            ? `Name the uid of one that is there: ${[...known].join(', ')}`
            : `Write its uid in place of its name: ${byName.uid}`,
        facts: { alert: alert.title, datasource: query.datasourceUid },
      };
    });
  },
});
