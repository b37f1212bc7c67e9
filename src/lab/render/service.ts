import type { Service } from '../../model/stack.ts';
import { renderCommand } from './command.ts';
import type { Context } from './context.ts';
import { renderEnvironment } from './environment.ts';
import { renderHealthcheck } from './healthcheck.ts';
import { isOnEveryHost } from './host-paths.ts';
import { list, type Mapping, mapping, text, without } from './json.ts';
import { renderMounts } from './mounts.ts';
import { nameLookup } from './name-lookup.ts';
import { networksOf, serviceNetworks } from './networks.ts';
import { shown } from './shown.ts';

/** Keys that are dropped from every service, each with its reason. */
const dropped: Readonly<Record<string, string>> = {
  ports: 'no host port is taken: the lab is reached through its helper alone',
  container_name: 'the name is global to the engine; it stays as a name in the lab network',
  privileged: 'the lab never grants it',
  build: 'the lab runs a ready image',
  profiles: 'the lab boots every known product',
  extra_hosts: 'such a name leads outside the lab: a stand-in answers to it where it is used',
  external_links: 'the container lies outside the lab',
  dns_search: 'no name lookup leaves the machine',
  dns_opt: 'no name lookup leaves the machine, and one of a name that is not there ends soon',
  domainname: 'no name lookup leaves the machine',
  mac_address: 'the lab has networks of its own, without addresses of the user',
  runtime: 'the lab uses the runtime of the engine',
  gpus: 'the lab needs no graphics processor',
  scale: 'one container a service is proved',
  env_file: 'its values are in the environment',
  pull_policy: 'the image is present before the lab starts',
  userns_mode: 'the lab grants no namespace of the host but the processes a service asks for',
  cgroup_parent: 'the name is global to the engine',
};
/** Keys that are made anew below, or that every service gets. */
const remade = [
  'networks',
  'network_mode',
  'volumes',
  'environment',
  'secrets',
  'configs',
  'image',
  'labels',
  'dns',
  'extends',
  'develop',
];

/** Renders one service of the compose file. */
export function renderService(context: Context, service: Service): Record<string, unknown> {
  const definition = service.definition;
  const note = (what: string, from: unknown, to: unknown, why: string): void => {
    context.differences.push({
      file: service.at.file,
      what: `services.${service.name}.${what}`,
      from: shown(from),
      to: shown(to),
      why,
    });
  };
  for (const [key, why] of Object.entries(dropped)) {
    const value = definition[key];
    if (value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0))
      continue;
    note(key, value, '', why);
  }
  const mode = definition['network_mode'];
  const shares = networksOf(service).length === 0;
  if (mode !== undefined && !shares)
    note('network_mode', mode, networksOf(service).join(', '), 'the lab grants no network of the host');
  const image = context.options.images[service.name] ?? service.image?.value;
  if (image !== service.image?.value) note('image', service.image?.value, image, 'the image that could be had');
  const command = renderCommand(context, service);
  const result: Record<string, unknown> = {
    image,
    ...without(definition, [...Object.keys(dropped), ...remade]),
    ...(command === undefined ? {} : { command, ...entrypointOf(definition['entrypoint']) }),
    ...(shares ? { network_mode: mode } : { networks: serviceNetworks(context, service), ...nameLookup }),
    labels: { ...labelsOf(definition['labels']), ...context.options.labels },
    pull_policy: 'never',
  };
  const environment = renderEnvironment(context, service);
  if (Object.keys(environment).length > 0) result['environment'] = environment;
  const volumes = renderMounts(context, service);
  if (volumes.length > 0) result['volumes'] = volumes;
  renderDependencies(context, result, note);
  renderNamespaces(result, note);
  renderDevices(context, result, note);
  renderDeploy(context, result, note);
  renderCpus(context, result, note);
  renderLogging(result, note);
  renderHealthcheck(service, result, note, context.options.startInterval === true);
  return result;
}

/** A command that is rendered holds the words of the entrypoint after its first: only that one stays. */
function entrypointOf(written: unknown): { entrypoint?: string[] } {
  const first = Array.isArray(written) ? written[0] : text(written)?.trim().split(/\s+/)[0];
  return typeof first === 'string' && first !== '' ? { entrypoint: [first] } : {};
}

type Note = (what: string, from: unknown, to: unknown, why: string) => void;

function renderDependencies(context: Context, result: Record<string, unknown>, note: Note): void {
  const there = (name: string): boolean => context.kept.some((service) => service.name === name);
  const why = 'the service is not booted in the lab';
  for (const key of ['depends_on', 'links', 'volumes_from']) {
    const value = result[key];
    if (value === undefined) continue;
    const names = Array.isArray(value) ? value.map(String) : Object.keys(mapping(value) ?? {});
    const gone = names.filter((name) => !there(name.split(':')[0] ?? ''));
    if (gone.length === 0) continue;
    for (const name of gone) note(`${key}.${name}`, name, '', why);
    result[key] = Array.isArray(value)
      ? names.filter((name) => !gone.includes(name))
      : without(mapping(value) ?? {}, gone);
    if (names.length === gone.length) delete result[key];
  }
}

/** Containers of the user are none of the lab's business: their processes, memory and host name are not joined. */
function renderNamespaces(result: Record<string, unknown>, note: Note): void {
  for (const key of ['pid', 'ipc', 'uts', 'cgroup']) {
    const value = text(result[key]);
    if (value === undefined || !/^container:/.test(value)) continue;
    note(key, value, '', 'the container lies outside the lab');
    delete result[key];
  }
}

/** The engine refuses a container whose device the host does not have. */
function renderDevices(context: Context, result: Record<string, unknown>, note: Note): void {
  const there = context.options.hostHas ?? isOnEveryHost;
  const devices = list(result['devices']);
  const gone = devices.filter(
    (device) => !there((text(mapping(device)?.['source']) ?? String(device)).split(':')[0] ?? ''),
  );
  if (gone.length === 0) return;
  note('devices', gone, '', 'this host has no such device');
  result['devices'] = devices.filter((device) => !gone.includes(device));
}

function renderDeploy(context: Context, result: Record<string, unknown>, note: Note): void {
  const deploy = mapping(result['deploy']);
  if (deploy === undefined) return;
  const swarm = ['mode', 'placement', 'endpoint_mode', 'update_config', 'rollback_config', 'labels'].filter(
    (key) => deploy[key] !== undefined,
  );
  for (const key of swarm) note(`deploy.${key}`, deploy[key], '', 'only a swarm reads it');
  const rest: Record<string, unknown> = without(deploy, swarm);
  if (typeof rest['replicas'] === 'number' && rest['replicas'] > 1) {
    note('deploy.replicas', rest['replicas'], 1, 'one container a service is proved');
    rest['replicas'] = 1;
  }
  const resources = mapping(rest['resources']);
  if (resources !== undefined) rest['resources'] = renderResources(context, resources, note);
  result['deploy'] = rest;
}

const fewerCpus = 'the engine refuses more processors than the host has';

/** The older place of the same limit. */
function renderCpus(context: Context, result: Record<string, unknown>, note: Note): void {
  const { cpus } = context.options;
  if (cpus === undefined || !(Number(result['cpus']) > cpus)) return;
  note('cpus', result['cpus'], String(cpus), fewerCpus);
  result['cpus'] = cpus;
}

function renderResources(context: Context, resources: Mapping, note: Note): Mapping {
  const { cpus } = context.options;
  const next: Record<string, unknown> = { ...resources };
  const reservations = mapping(resources['reservations']);
  if (reservations?.['devices'] !== undefined) {
    note('deploy.resources.reservations.devices', reservations['devices'], '', 'the lab needs no graphics processor');
    next['reservations'] = without(reservations, ['devices']);
  }
  const limits = mapping(resources['limits']);
  if (cpus !== undefined && Number(limits?.['cpus']) > cpus) {
    note('deploy.resources.limits.cpus', limits?.['cpus'], String(cpus), fewerCpus);
    next['limits'] = { ...limits, cpus: String(cpus) };
  }
  return next;
}

/** Drivers other than these send log lines to another party. */
function renderLogging(result: Record<string, unknown>, note: Note): void {
  const driver = mapping(result['logging'])?.['driver'];
  if (driver === undefined || ['json-file', 'local', 'none', 'journald'].includes(String(driver))) return;
  note('logging.driver', driver, 'json-file', 'the driver sends log lines outside the lab');
  result['logging'] = { driver: 'json-file' };
}

function labelsOf(labels: unknown): Record<string, unknown> {
  if (!Array.isArray(labels)) return { ...mapping(labels) };
  return Object.fromEntries(
    labels.map((label) => {
      const [name = '', ...value] = String(label).split('=');
      return [name, value.join('=')];
    }),
  );
}
