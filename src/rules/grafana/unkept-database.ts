import { defineRule } from '../define-rule.ts';
import { isOpaque, serviceOf } from './around.ts';

/** Users, hand-made dashboards, silences and the history of alerts are in a file below `paths.data` unless a database is named (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-docker/#save-your-grafana-data). */
export const unkeptDatabase = defineRule({
  id: 'grafana/unkept-database',
  severity: 'warning',
  over: 'grafana',
  claim: 'The database of every Grafana outlives its container.',
  check: (grafana, { stack }) => {
    const service = serviceOf(stack, grafana);
    const { settings } = grafana;
    const type = settings.get('database.type')?.value ?? 'sqlite3';
    if (service === undefined || isOpaque(service) || type !== 'sqlite3' || settings.has('database.url')) return [];
    const data =
      service.environment.get('GF_PATHS_DATA')?.value ||
      (service.image?.value.includes('bitnami') === true ? '/opt/bitnami/grafana/data' : '/var/lib/grafana');
    const named = settings.get('database.path')?.value ?? '';
    if (/[$%]/.test(`${data}${named}`)) return [];
    const path = named.startsWith('/') ? named : `${data}/${named || 'grafana.db'}`;
    const [mount] = service.mounts
      .filter(({ target }) => path === target || path.startsWith(`${target.replace(/\/+$/, '')}/`))
      .sort((a, b) => b.target.length - a.target.length);
    if (mount !== undefined && mount.kind !== 'tmpfs') return [];
    const where = mount === undefined ? 'in the container itself' : 'in memory';
    return [
      {
        at: mount?.at ?? service.at,
        message: `The database of "${service.name}", "${path}", lies ${where}, so users, stars, silences and dashboards made by hand are gone with the container`,
        hint: `Mount a volume at "${data}"`,
        facts: { service: service.name, path },
      },
    ];
  },
});
