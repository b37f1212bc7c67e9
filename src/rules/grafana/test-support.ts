import { composeOf } from '../test-support.ts';

const service = `image: grafana/grafana:10.2.0
volumes:
  - ./provisioning:/etc/grafana/provisioning:ro
  - ./boards:/boards:ro`;
const provider = 'providers:\n  - name: files\n    options: {path: /boards}\n';
const both =
  'datasources:\n  - {name: Prometheus, uid: prometheus, type: prometheus, isDefault: true}\n  - {name: Loki, uid: loki, type: loki}\n';

/** For tests: a Grafana with these dashboards; without other words it has a Prometheus and a Loki. */
export function grafanaWith(dashboards: Readonly<Record<string, object>>, datasources = both): Record<string, string> {
  return {
    'compose.yml': composeOf({ grafana: service }),
    'provisioning/dashboards/files.yaml': provider,
    'provisioning/datasources/all.yaml': datasources,
    ...Object.fromEntries(Object.entries(dashboards).map(([name, value]) => [`boards/${name}`, JSON.stringify(value)])),
  };
}
