import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, inFolder } from './figure.ts';
import { inTurns, stackproof } from './measure.ts';

const boards = 300;
const panels = 20;
const most = 10;

/** `check` on a Grafana with 300 dashboards, without what the same Grafana with none takes. No peer reads dashboards. */
export function dashboardsFigures(rounds = 5): Figure[] {
  return inFolder((folder) => {
    const { full, bare } = inTurns(rounds, {
      full: [stackproof('check', '--repo', writeStack(folder, boards))],
      bare: [stackproof('check', '--repo', writeStack(folder, 0))],
    });
    const each = (full.wallMs - bare.wallMs) / boards;
    return [{ what: `a dashboard of ${panels} panels, of ${most} ms`, ratio: (each / most).toFixed(2), bar: '1.0' }];
  });
}

function writeStack(folder: string, count: number): string {
  const repo = join(folder, `dashboards-${count}`);
  const put = (path: string, text: string): void => {
    mkdirSync(join(repo, path, '..'), { recursive: true });
    writeFileSync(join(repo, path), text);
  };
  put(
    'docker-compose.yml',
    'services:\n  grafana:\n    image: grafana/grafana:10.2.0\n    volumes:\n      - ./provisioning:/etc/grafana/provisioning:ro\n      - ./dashboards:/dashboards:ro\n',
  );
  put(
    'provisioning/datasources/prometheus.yml',
    'datasources:\n  - name: Prometheus\n    type: prometheus\n    uid: prometheus\n    url: http://prometheus:9090\n    isDefault: true\n',
  );
  put(
    'provisioning/dashboards/files.yml',
    'providers:\n  - name: files\n    type: file\n    options:\n      path: /dashboards\n',
  );
  put('dashboards/0.json', dashboard(0));
  for (let index = 1; index <= count; index += 1) put(`dashboards/${index}.json`, dashboard(index));
  return repo;
}

function dashboard(index: number): string {
  const datasource = { type: 'prometheus', uid: 'prometheus' };
  const panel = (id: number): object => ({
    id,
    title: `Requests ${id}`,
    type: 'timeseries',
    datasource,
    gridPos: { h: 8, w: 12, x: (id % 2) * 12, y: id * 4 },
    fieldConfig: { defaults: { unit: 'reqps', thresholds: { mode: 'absolute', steps: [{ color: 'green' }] } } },
    targets: ['A', 'B'].map((refId) => ({
      refId,
      datasource,
      expr: `sum by (job) (rate(requests_${index}_${id}_total{code=~"5..", part="${refId}"}[$__rate_interval])) / 2`,
    })),
  });
  const list = Array.from({ length: panels }, (_, id) => panel(id + 1));
  return JSON.stringify({ uid: `board-${index}`, title: `Board ${index}`, schemaVersion: 38, panels: list }, null, 2);
}
