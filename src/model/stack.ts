import type { AlertmanagerConfig } from './alertmanager.ts';
import type { GrafanaConfig } from './grafana.ts';
import type { Located, Place } from './location.ts';
import type { LokiConfig, PromtailConfig } from './logs.ts';
import type { PrometheusConfig } from './prometheus.ts';

/** The products whose configuration is understood. */
export type Product = 'prometheus' | 'alertmanager' | 'grafana' | 'loki' | 'promtail' | 'node-exporter' | 'cadvisor';

/** The port each product listens on in its container where nothing else is configured, as its documentation says. */
export const defaultPorts: Readonly<Record<Product, number>> = {
  prometheus: 9090,
  alertmanager: 9093,
  grafana: 3000,
  loki: 3100,
  promtail: 9080,
  'node-exporter': 9100,
  cadvisor: 8080,
};

/** What a container sees at `target`. */
export interface Mount {
  readonly kind: 'bind' | 'volume' | 'tmpfs' | 'secret' | 'config';
  /** As written, variables expanded; a volume's name for volumes. */
  readonly source: string;
  /** The path in the repository (`.` is its root), where the source lies inside it. Whether something is there is another question. */
  readonly repoPath?: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly at: Place;
}

/** A published port. `host` is the host's port where one is fixed. */
export interface Port {
  readonly container: number;
  readonly host?: number;
  readonly address?: string;
  /** Absent for tcp. */
  readonly protocol?: string;
  readonly at: Place;
}

/** Limits as compose wrote them, in plain units. */
export interface Limits {
  /** Bytes. */
  readonly memory?: Located<number>;
  /** Number of processors. */
  readonly cpus?: Located<number>;
}

/** One service of a compose file after merge keys, `extends`, `include` and variables. */
export interface Service {
  readonly name: string;
  readonly at: Place;
  readonly product?: Product;
  readonly image?: Located<string>;
  readonly containerName?: Located<string>;
  /** The normalised mapping (plain JSON), for what has no field of its own here. */
  readonly definition: Readonly<Record<string, unknown>>;
  readonly mounts: readonly Mount[];
  /** Entrypoint arguments as a list; a string command is split as compose splits it. */
  readonly command: readonly Located<string>[];
  readonly environment: ReadonlyMap<string, Located<string | null>>;
  readonly ports: readonly Port[];
  readonly networks: readonly { readonly name: string; readonly aliases: readonly string[] }[];
  readonly dependsOn: readonly { readonly service: string; readonly condition?: string; readonly at: Place }[];
  readonly limits: Limits;
  readonly reservations: Limits;
  readonly user?: Located<string>;
  readonly readOnly?: Located<boolean>;
  readonly privileged?: Located<boolean>;
  readonly securityOptions: readonly Located<string>[];
  readonly healthcheck?: Place;
}

/** A named volume, network, secret or configuration at the top of the compose file. */
export interface TopLevel {
  readonly name: string;
  /** The name the engine will use: project-prefixed unless `name:` or `external:` says otherwise. */
  readonly engineName: string;
  readonly external: boolean;
  readonly at: Place;
  readonly definition: Readonly<Record<string, unknown>>;
}

/** A variable the compose file uses. `value` is undefined where nothing in the repository defines it. */
export interface VariableUse {
  readonly name: string;
  readonly value?: string;
  readonly defaulted: boolean;
  readonly at: Place;
}

/** The services of one compose file with all their configuration, joined and located. */
export interface Stack {
  /** Path of the compose file: also the stack's id. */
  readonly composeFile: string;
  readonly project: string;
  /** The compose file and those it includes, as they are written. */
  readonly sources: readonly { readonly file: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly services: readonly Service[];
  readonly volumes: readonly TopLevel[];
  readonly networks: readonly TopLevel[];
  readonly secrets: readonly TopLevel[];
  readonly configs: readonly TopLevel[];
  readonly variables: readonly VariableUse[];
  readonly prometheus: readonly PrometheusConfig[];
  readonly alertmanager: readonly AlertmanagerConfig[];
  readonly grafana: readonly GrafanaConfig[];
  readonly loki: readonly LokiConfig[];
  readonly promtail: readonly PromtailConfig[];
}

/** The service that answers to a host name in the stack's networks, if one does. */
export function serviceByHost(stack: Pick<Stack, 'services'>, host: string): Service | undefined {
  return stack.services.find(
    (service) =>
      service.name === host ||
      service.containerName?.value === host ||
      service.definition['hostname'] === host ||
      service.networks.some((network) => network.aliases.includes(host)),
  );
}

/** Where in the repository a path inside a container comes from: the longest mount target that contains it. */
export function repoPathOf(service: Service, containerPath: string): string | undefined {
  const clean = containerPath.replace(/\/+$/, '') || '/';
  let best: Mount | undefined;
  for (const mount of service.mounts) {
    const target = mount.target.replace(/\/+$/, '');
    const contains = clean === target || clean.startsWith(`${target}/`);
    if (contains && (best === undefined || target.length > best.target.replace(/\/+$/, '').length)) best = mount;
  }
  if (best?.repoPath === undefined) return undefined;
  const rest = clean.slice(best.target.replace(/\/+$/, '').length);
  return best.repoPath === '.' ? rest.slice(1) || '.' : `${best.repoPath}${rest}`;
}
