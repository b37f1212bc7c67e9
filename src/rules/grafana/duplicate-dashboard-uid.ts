import type { Dashboard } from '../../model/grafana.ts';
import { defineRule } from '../define-rule.ts';

/**
 * Where two files have one uid, Grafana warns in its log and stops writing the dashboards of the provider
 * (https://grafana.com/docs/grafana/v10.2/administration/provisioning/#dashboards).
 */
export const duplicateDashboardUid = defineRule({
  id: 'grafana/duplicate-dashboard-uid',
  severity: 'error',
  over: 'grafana',
  claim: 'No two dashboards of a Grafana have the same uid.',
  check: (grafana) => {
    const first = new Map<string, Dashboard>();
    return grafana.dashboards.flatMap((dashboard) => {
      const { uid, file, org = '1' } = dashboard;
      if (uid === undefined) return [];
      const other = first.get(`${org} ${uid}`);
      if (other === undefined) first.set(`${org} ${uid}`, dashboard);
      if (other === undefined || other.file === file) return [];
      return [
        {
          at: { file, pointer: ['uid'] },
          message: `"${file}" has the uid "${uid}" of another dashboard, so Grafana keeps only one of them`,
          related: [{ at: { file: other.file, pointer: ['uid'] }, note: 'the other dashboard with this uid' }],
          hint: 'Give it a uid of its own, or remove one of the two',
          facts: { uid, other: other.file },
        },
      ];
    });
  },
});
