import { defineRule } from '../define-rule.ts';
import { serviceOf } from './around.ts';
import { addressOf, isOn } from './outside-hosts.ts';

/**
 * Links in alerts, and the way back from a login, start with `root_url`
 * (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#root_url).
 */
export const foreignRootUrl = defineRule({
  id: 'grafana/foreign-root-url',
  severity: 'warning',
  over: 'grafana',
  claim: 'The port of root_url is one that Grafana is published on.',
  check: (grafana, { stack }) => {
    const root = grafana.settings.get('server.root_url');
    const service = serviceOf(stack, grafana);
    const written = root === undefined ? undefined : /^http:\/\/[^/$%]+:(\d+)/.exec(root.value)?.[1];
    const port = root === undefined || written === undefined ? undefined : addressOf(root.value)?.port;
    if (root === undefined || service === undefined || port === undefined) return [];
    const published = service.ports.flatMap(({ host }) => host ?? []);
    const others = stack.services.some(({ ports }) => ports.some(({ host }) => host === port));
    // A proxy outside of the stack may have any port, and what is published nowhere has one.
    if (published.length === 0 || others || published.length < service.ports.length) return [];
    if (isOn(grafana.settings, 'server.serve_from_sub_path') || service.definition['network_mode'] !== undefined)
      return [];
    return [
      {
        at: root.at,
        message: `"${root.value}" has port ${port}, and "${service.name}" is published on ${published.join(', ')} only, so links of alerts and the way back from a login lead nowhere`,
        related: service.ports.slice(0, 1).map(({ at }) => ({ at, note: 'the published port' })),
        hint: 'Write the address that browsers use',
        facts: { service: service.name, port },
      },
    ];
  },
});
