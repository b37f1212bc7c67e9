import type { FindingDraft } from '../../model/finding.ts';
import type { Dashboard } from '../../model/grafana.ts';
import { defineRule } from '../define-rule.ts';

/**
 * A title can be had once in a folder: provisioning overwrites, so the second file takes the place of the first
 * (https://grafana.com/docs/grafana/v10.2/administration/provisioning/#dashboards). Two files of one uid are another claim.
 */
export const duplicateTitle = defineRule({
  id: 'grafana/duplicate-title',
  severity: 'warning',
  over: 'grafana',
  claim: 'No two dashboards of one folder have the same title.',
  check: (grafana) => {
    const first = new Map<string, Dashboard>();
    return grafana.dashboards.flatMap((dashboard): FindingDraft[] => {
      const { file, title = '', folder, uid, org = '1' } = dashboard;
      const key = JSON.stringify([org, folder, title.trim()]);
      const other = first.get(key);
      if (other === undefined) first.set(key, dashboard);
      if (other === undefined || other.file === file || title.trim() === '') return [];
      if (uid !== undefined && uid === other.uid) return [];
      const where = folder === '' ? 'of the general folder' : `of the folder "${folder}"`;
      return [
        {
          at: { file, pointer: ['title'] },
          message: `"${file}" has the title "${title}" of another dashboard ${where}, so Grafana keeps only one of them`,
          related: [{ at: { file: other.file, pointer: ['title'] }, note: 'the other dashboard with this title' }],
          hint: 'Give it a title of its own, or put it into another folder',
          facts: { title, folder, other: other.file },
        },
      ];
    });
  },
});
