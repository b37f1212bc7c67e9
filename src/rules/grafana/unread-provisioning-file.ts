import { baseOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';

const kinds = ['datasources', 'dashboards', 'alerting', 'plugins', 'notifiers', 'access-control'];

/**
 * Grafana reads provisioning files in the subfolders it knows, one level deep, and passes over everything else without a
 * word (https://grafana.com/docs/grafana/v10.2/administration/provisioning/).
 */
export const unreadProvisioningFile = defineRule({
  id: 'grafana/unread-provisioning-file',
  severity: 'warning',
  over: 'grafana',
  claim: 'Grafana reads every file of its provisioning folder.',
  check: (grafana) => {
    const read = new Set([...grafana.dashboards.map((dashboard) => dashboard.file), grafana.iniFile]);
    return grafana.unread
      .filter((file) => /\.(ya?ml|json|toml)$/.test(file) && !read.has(file))
      .map((file) => {
        const kind = kinds.find((one) => baseOf(file).startsWith(one.replace(/s$/, '')));
        const folder = `${grafana.provisioning ?? 'provisioning'}/${kind ?? 'KIND'}`;
        return {
          at: { file },
          message: `"${file}" lies where the Grafana of service "${grafana.service}" looks for nothing, so nothing in it takes effect`,
          hint:
            kind === undefined
              ? `Remove it, or move what counts into a folder that Grafana reads: ${kinds.join(', ')}`
              : `Move what counts into "${folder}", or remove the file`,
          facts: { service: grafana.service, provisioning: grafana.provisioning ?? null },
        };
      });
  },
});
