import { defineRule } from '../define-rule.ts';

const names = ['GF_INSTALL_PLUGINS', 'GF_PLUGINS_PREINSTALL', 'GF_PLUGINS_PREINSTALL_SYNC'];

/**
 * The start script of the image downloads what `GF_INSTALL_PLUGINS` names, and ends where that fails
 * (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-docker/#install-plugins-in-the-docker-container).
 */
export const pluginDownload = defineRule({
  id: 'compose/plugin-download',
  severity: 'warning',
  over: 'service',
  claim: 'No Grafana downloads plugins as it starts.',
  check: (service) =>
    names.flatMap((name) => {
      const written = service.environment.get(name);
      if (service.product !== 'grafana' || written?.value == null || written.value.trim() === '') return [];
      return [
        {
          at: written.at,
          message: `"${name}" of service "${service.name}" downloads plugins at every start of a new container, so without the network, or with a plugin withdrawn, Grafana may not start`,
          hint: 'Build the plugins into an image, or keep them on a volume',
          facts: { service: service.name, variable: name },
        },
      ];
    }),
});
