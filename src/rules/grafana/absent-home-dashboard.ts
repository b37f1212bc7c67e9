import { repoPathOf } from '../../model/stack.ts';
import { containerPath } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { isIgnored } from '../support/ignored.ts';

/**
 * The home page shows the dashboard of `default_home_dashboard_path`, a file of the container
 * (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#default_home_dashboard_path).
 */
export const absentHomeDashboard = defineRule({
  id: 'grafana/absent-home-dashboard',
  severity: 'warning',
  over: 'grafana',
  claim: 'The home dashboard that a Grafana names is a file it has.',
  check: (grafana, { stack, repository: { tree } }) => {
    const written = grafana.settings.get('dashboards.default_home_dashboard_path');
    const service = stack.services.find((one) => one.name === grafana.service);
    if (written === undefined || service === undefined || !/^[^$%]+$/.test(written.value)) return [];
    const path = containerPath('/usr/share/grafana', written.value);
    const mount = service.mounts.find(({ target }) => `${path}/`.startsWith(`${target.replace(/\/+$/, '')}/`));
    const inTree = repoPathOf(service, path);
    if (inTree === undefined && (mount !== undefined || path.startsWith('/usr/share/grafana/'))) return [];
    if (inTree !== undefined && (tree.files.has(inTree) || isIgnored(tree, inTree))) return [];
    if ('build' in service.definition || 'volumes_from' in service.definition) return [];
    const what = inTree === undefined ? 'which nothing is mounted at' : `and "${inTree}" is not in the repository`;
    return [
      {
        at: written.at,
        message: `The home dashboard of "${service.name}" is "${path}", ${what}, so the home page shows an error`,
        related: [{ at: service.at, note: 'the mounts of this service' }],
        hint: 'Name a dashboard that is mounted',
        facts: { service: service.name, path },
      },
    ];
  },
});
