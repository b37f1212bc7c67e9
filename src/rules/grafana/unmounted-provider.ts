import { defineRule } from '../define-rule.ts';
import { isOpaque, serviceOf } from './around.ts';

/** Folders that the image has. */
const ofImage = ['/etc/grafana', '/usr/share/grafana'];

/** `Cannot read directory`: Grafana goes on without the dashboards (https://grafana.com/docs/grafana/v10.2/administration/provisioning/#dashboards). */
export const unmountedProvider = defineRule({
  id: 'grafana/unmounted-provider',
  severity: 'error',
  over: 'grafana',
  claim: 'The folder of every dashboard provider is mounted.',
  check: (grafana, { stack }) => {
    const service = serviceOf(stack, grafana);
    if (service === undefined || isOpaque(service)) return [];
    return grafana.providers.flatMap(({ name, path, at }) => {
      if (path === '' || path.includes('$') || ofImage.some((folder) => `${path}/`.startsWith(`${folder}/`))) return [];
      const mounted = service.mounts.some(({ target }) => {
        const clean = target.replace(/\/+$/, '');
        return `${path}/`.startsWith(`${clean}/`) || `${clean}/`.startsWith(`${path}/`);
      });
      if (mounted) return [];
      return [
        {
          at: { ...at, pointer: [...(at.pointer ?? []), 'options', 'path'] },
          message: `"${path}" of provider "${name}" is mounted nowhere in "${service.name}", so no dashboard of it is loaded`,
          related: [{ at: service.at, note: 'the mounts of this service' }],
          hint: 'Mount the folder of the dashboards there',
          facts: { provider: name, path, service: service.name },
        },
      ];
    });
  },
});
