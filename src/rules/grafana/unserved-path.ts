import { defineRule } from '../define-rule.ts';
import { serviceOf } from './around.ts';
import { isOn } from './outside-hosts.ts';

/**
 * Grafana answers below the path of `root_url` only with `serve_from_sub_path`; without it a proxy has to take the path away,
 * and without a path the setting does nothing
 * (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#serve_from_sub_path).
 */
export const unservedPath = defineRule({
  id: 'grafana/unserved-path',
  severity: 'warning',
  over: 'grafana',
  claim: 'The path of root_url and serve_from_sub_path fit each other.',
  check: (grafana, { stack }) => {
    const root = grafana.settings.get('server.root_url');
    const below = grafana.settings.get('server.serve_from_sub_path');
    const path = pathOf(root?.value ?? '');
    const service = serviceOf(stack, grafana);
    if (service === undefined || path === undefined) return [];
    if (isOn(grafana.settings, 'server.serve_from_sub_path')) {
      if (path !== '' || below === undefined) return [];
      const message = `"serve_from_sub_path" of "${service.name}" is on and root_url has no path, so Grafana is served at the root and a proxy that sends a path finds nothing`;
      return [
        {
          at: below.at,
          message,
          hint: 'Write the path at the end of root_url, or take the setting away',
          facts: { path },
        },
      ];
    }
    if (path === '' || root === undefined || below?.value.includes('$') === true) return [];
    return [
      {
        at: root.at,
        // Whoever comes by the proxy may be served well; whoever uses the published port is sent away.
        severity: service.ports.length > 0 ? 'warning' : 'info',
        message: `root_url of "${service.name}" has the path "${path}", and Grafana serves at the root without "serve_from_sub_path", so its pages lead nowhere unless a proxy takes the path away`,
        hint: 'Set "serve_from_sub_path = true", or take the path away',
        facts: { path },
      },
    ];
  },
});

/** The path of the URL without its last slash; undefined where a variable of the environment may have one. */
function pathOf(url: string): string | undefined {
  const plain = url.replace(/%\([a-z_]+\)s/g, 'x');
  if (/[$%<{]/.test(plain)) return undefined;
  return (/^[a-z]+:\/\/[^/]*(\/[^?#]*)?/i.exec(plain)?.[1] ?? '').replace(/\/+$/, '');
}
