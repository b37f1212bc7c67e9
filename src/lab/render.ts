import { stringify } from 'yaml';
import type { Difference, LogFolder, MountedFile, StandIn, UnseenIntegration } from '../model/lab.ts';
import type { Service, Stack } from '../model/stack.ts';
import type { Tree, TreeFile } from '../model/tree.ts';
import { renderAlertmanager } from './render/alertmanager.ts';
import type { Context, MissingSource, RenderOptions } from './render/context.ts';
import { putText } from './render/context.ts';
import { renderProvisioning } from './render/grafana-provisioning.ts';
import { renderGrafanaIni } from './render/grafana-settings.ts';
import { renderHelper } from './render/helper.ts';
import { mapTexts } from './render/json.ts';
import { leftOutside } from './render/left-outside.ts';
import { renderLoki, renderPromtail } from './render/logs.ts';
import { renderNetworks } from './render/networks.ts';
import { helperName, noParties } from './render/outside.ts';
import { isOnHost } from './render/products.ts';
import { renderPrometheus } from './render/prometheus.ts';
import { renderService } from './render/service.ts';
import { renderVolumes } from './render/volumes.ts';
import type { HelperConfig } from './standins/helper/config.ts';

export type { MissingSource, RenderOptions } from './render/context.ts';

/** The copy that is booted, as files and as plain data. */
export interface RenderedStack {
  /** Path in the lab's folder → file; the compose file and the helper's program among them. */
  readonly files: ReadonlyMap<string, TreeFile>;
  readonly composeFile: string;
  /** What every container, network and volume of the lab carries. */
  readonly labels: Readonly<Record<string, string>>;
  /** The rendered compose mapping; in the file, `$` is doubled so that compose expands nothing. */
  readonly compose: Readonly<Record<string, unknown>>;
  readonly differences: readonly Difference[];
  readonly unseen: readonly UnseenIntegration[];
  readonly standIns: readonly StandIn[];
  /** Every mounted file, folders expanded. */
  readonly mounted: readonly MountedFile[];
  /** Where lines can be written for shippers of logs. */
  readonly logFolders: readonly LogFolder[];
  readonly missing: readonly MissingSource[];
  /** Services that are not booted, with the reason. */
  readonly leftOut: readonly { readonly service: string; readonly why: string }[];
  /** Addresses outside the stack that the copy still dials: empty, or it must not be booted. */
  readonly leftOutside: readonly string[];
  /** What the helper plays. */
  readonly relays: HelperConfig;
}

/**
 * Makes the copy of a stack that the lab boots: as close to the user's own as safety allows, every change a difference.
 * Nothing is read from or written to the user's disk.
 */
export function renderStack(tree: Tree, stack: Stack, options: RenderOptions): RenderedStack {
  const leftOut = stack.services.flatMap((service) => {
    const why = reasonToLeaveOut(service, options);
    return why === undefined ? [] : [{ service: service.name, why }];
  });
  const kept = stack.services.filter((service) => !leftOut.some((one) => one.service === service.name));
  const context: Context = {
    tree,
    stack,
    options,
    kept,
    outside: noParties(),
    differences: leftOut.map(({ service, why }) => ({
      file: stack.composeFile,
      what: `services.${service}`,
      from: service,
      to: '',
      why,
    })),
    overlay: new Map(),
    files: new Map(),
    mounted: [],
    logFolders: [],
    missing: [],
    extraVolumes: new Set(),
  };
  const runs = (config: { service: string }): boolean => kept.some((service) => service.name === config.service);
  const seenBy = (name: string): Context => {
    const service = kept.find((one) => one.name === name);
    return service !== undefined && isOnHost(service) ? { ...context, onHost: true } : context;
  };
  const targets = stack.prometheus.filter(runs).flatMap((config) => renderPrometheus(seenBy(config.service), config));
  for (const config of stack.alertmanager.filter(runs)) renderAlertmanager(seenBy(config.service), config);
  for (const config of stack.grafana.filter(runs)) {
    renderGrafanaIni(seenBy(config.service), config);
    renderProvisioning(seenBy(config.service), config);
  }
  for (const config of stack.loki.filter(runs)) renderLoki(seenBy(config.service), config);
  for (const config of stack.promtail.filter(runs)) renderPromtail(seenBy(config.service), config);

  const services = Object.fromEntries(
    kept.map((service) => [service.name, renderService(seenBy(service.name), service)]),
  );
  sayForAll(context);
  const networks = renderNetworks(context);
  const volumes = renderVolumes(context);
  const helper = renderHelper(context, targets, networks);
  const { cpuset } = options;
  if (cpuset !== undefined) holdTo(context, cpuset, [...Object.values(services), helper.service]);
  const compose = {
    name: options.project,
    services: { ...services, [helperName]: helper.service },
    networks,
    ...(Object.keys(volumes).length > 0 ? { volumes } : {}),
  };
  const composeFile = 'compose.yaml';
  putText(
    context,
    composeFile,
    stringify(
      mapTexts(compose, (text) => text.replaceAll('$', '$$$$')),
      { aliasDuplicateObjects: false, lineWidth: 0 },
    ),
  );
  const inline = [...context.files.keys()].filter((path) => path.startsWith('secrets/config-'));
  const dialling = [...[...context.overlay.keys()].map((path) => `files/${path}`), ...inline];
  return {
    files: context.files,
    composeFile,
    labels: options.labels,
    compose,
    differences: context.differences,
    unseen: context.outside.unseen,
    standIns: context.outside.standIns,
    mounted: context.mounted,
    logFolders: context.logFolders,
    missing: context.missing,
    leftOut,
    leftOutside: leftOutside({ stack, kept, files: context.files, dialling, compose }),
    relays: helper.config,
  };
}

function reasonToLeaveOut(service: Service, options: RenderOptions): string | undefined {
  if (service.product !== undefined) return undefined;
  if (service.definition['build'] !== undefined) return 'it is built from source and is none of the known products';
  if (options.images[service.name] === undefined)
    return 'it is none of the known products and its image is not at hand';
  return undefined;
}

/** A proof that must hold on fewer processors than the host has. */
function holdTo(context: Context, cpuset: string, services: readonly Record<string, unknown>[]): void {
  for (const service of services) service['cpuset'] = cpuset;
  const why = 'STACKPROOF_CPUSET holds the whole lab to these processors';
  context.differences.push({ file: context.stack.composeFile, what: 'services.*.cpuset', from: '', to: cpuset, why });
}

/** Changes that every service gets are one difference each. */
function sayForAll(context: Context): void {
  const say = (what: string, to: string, why: string): void => {
    context.differences.push({ file: context.stack.composeFile, what: `services.*.${what}`, from: '', to, why });
  };
  say('dns', '127.0.0.1', 'no name lookup leaves the machine');
  say('labels', Object.keys(context.options.labels).join(', '), 'a later run finds and removes what a killed one left');
  say('pull_policy', 'never', 'the images are present before the lab starts');
}
