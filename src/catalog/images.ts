import type { Product } from '../model/stack.ts';

/** What is in the image that a product's makers publish, at the versions we know. */
export interface ImageFacts {
  /** The user it runs as. */
  readonly uid: number;
  /** Programs that people ask for and that are certainly not there. */
  readonly lacks: readonly string[];
  /** Files and folders that are there. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Where data goes by default; `owner` has it in a new named volume. */
  readonly data?: { readonly path: string; readonly owner: number; readonly open: boolean };
  /** Whether the image declares a volume for its data. */
  readonly declaresVolume: boolean;
  /** The first and the last release of which this is known. */
  readonly from: readonly [major: number, minor: number];
  readonly to: readonly [major: number, minor: number];
}

/** busybox has `wget`, `nc` and `sh`. */
const busybox = ['curl', 'bash', 'python', 'python3', 'jq', 'ncat', 'zsh', 'perl'];

/**
 * From the Dockerfiles of the makers: https://github.com/prometheus/prometheus/blob/v2.47.0/Dockerfile,
 * https://github.com/prometheus/alertmanager/blob/v0.26.0/Dockerfile, https://github.com/prometheus/node_exporter/blob/v1.6.1/Dockerfile,
 * https://github.com/grafana/grafana/blob/v10.2.0/Dockerfile, https://github.com/grafana/loki/blob/v2.9.2/cmd/loki/Dockerfile,
 * https://github.com/grafana/loki/blob/v2.9.2/clients/cmd/promtail/Dockerfile,
 * https://github.com/google/cadvisor/blob/v0.47.2/deploy/Dockerfile.
 */
export const imageFacts: Readonly<Record<Product, ImageFacts>> = {
  prometheus: {
    uid: 65_534,
    lacks: busybox,
    files: ['/etc/prometheus/prometheus.yml'],
    folders: ['/etc/prometheus', '/prometheus'],
    data: { path: '/prometheus', owner: 65_534, open: false },
    declaresVolume: true,
    from: [2, 0],
    to: [2, 99],
  },
  alertmanager: {
    uid: 65_534,
    lacks: busybox,
    files: ['/etc/alertmanager/alertmanager.yml'],
    folders: ['/etc/alertmanager', '/alertmanager'],
    data: { path: '/alertmanager', owner: 65_534, open: false },
    declaresVolume: true,
    from: [0, 20],
    to: [0, 28],
  },
  grafana: {
    uid: 472,
    lacks: ['python', 'python3', 'jq', 'zsh', 'perl'],
    files: ['/etc/grafana/grafana.ini', '/etc/grafana/ldap.toml'],
    folders: [
      '/etc/grafana',
      '/etc/grafana/provisioning',
      '/etc/grafana/provisioning/datasources',
      '/etc/grafana/provisioning/dashboards',
      '/etc/grafana/provisioning/alerting',
      '/etc/grafana/provisioning/plugins',
      '/var/lib/grafana',
    ],
    data: { path: '/var/lib/grafana', owner: 472, open: true },
    declaresVolume: false,
    from: [8, 0],
    to: [11, 99],
  },
  loki: {
    uid: 10_001,
    lacks: ['curl', 'bash', 'python', 'python3', 'jq', 'zsh', 'perl'],
    files: ['/etc/loki/local-config.yaml'],
    folders: ['/etc/loki', '/loki'],
    data: { path: '/loki', owner: 10_001, open: false },
    declaresVolume: false,
    from: [2, 0],
    to: [2, 9],
  },
  promtail: {
    uid: 0,
    lacks: ['wget', 'curl', 'nc', 'ncat', 'netcat', 'busybox', 'python', 'python3', 'jq', 'zsh'],
    files: ['/etc/promtail/config.yml'],
    folders: ['/etc/promtail'],
    declaresVolume: false,
    from: [2, 0],
    to: [2, 9],
  },
  'node-exporter': {
    uid: 65_534,
    lacks: busybox,
    files: [],
    folders: ['/etc'],
    declaresVolume: false,
    from: [1, 0],
    to: [1, 99],
  },
  cadvisor: {
    uid: 0,
    lacks: ['curl', 'bash', 'python', 'python3', 'jq', 'zsh'],
    files: [],
    folders: ['/etc'],
    declaresVolume: false,
    from: [0, 44],
    to: [0, 49],
  },
};
