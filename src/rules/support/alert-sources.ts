import type { AlertmanagerConfig } from '../../model/alertmanager.ts';
import type { AlertRule, PrometheusConfig } from '../../model/prometheus.ts';
import { alertRules } from '../../model/prometheus.ts';
import type { Service, Stack } from '../../model/stack.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { listAt, mappingAt, textValue, valueAt } from '../../read/values.ts';
import type { StackContext } from '../grains.ts';
import { type LabelsOfAlert, labelsOfAlert } from './alert-labels.ts';
import { reachOf } from './hosts.ts';
import { remembered } from './remembered.ts';

/** An alert that comes, or may come, to an Alertmanager. */
export interface IncomingAlert extends LabelsOfAlert {
  readonly rule: AlertRule;
  readonly prometheus: PrometheusConfig;
}

/** Every alert that may come to an Alertmanager; `unknown` says why there may be others that the files do not tell. */
export interface Incoming {
  readonly alerts: readonly IncomingAlert[];
  readonly unknown?: string;
}

const known = new WeakMap<AlertmanagerConfig, Incoming>();

/** The alerts of every Prometheus of the stack that sends to an Alertmanager, and whoever else may send. */
export function incomingAlerts(config: AlertmanagerConfig, context: StackContext): Incoming {
  const before = known.get(config);
  if (before !== undefined) return before;
  const sending = context.stack.prometheus.filter((server) => sendsTo(context, server, config.service) !== 'no');
  const alerts = sending.flatMap((prometheus) =>
    alertRules(prometheus).map((rule) => ({ rule, prometheus, ...labelsOfAlert(rule, prometheus) })),
  );
  const unknown = reasonOf(context, config, sending);
  const incoming: Incoming = { alerts, ...(unknown === undefined ? {} : { unknown }) };
  known.set(config, incoming);
  return incoming;
}

type Sends = 'yes' | 'no' | 'open';

const senders = remembered((_: PrometheusConfig) => new Map<string, Sends>());

/** Whether a Prometheus sends its alerts to the Alertmanager of a service. */
export function sendsTo(context: StackContext, server: PrometheusConfig, service: string): Sends {
  const before = senders(server).get(service);
  if (before !== undefined) return before;
  const sends = sendsFrom(context, server, service);
  senders(server).set(service, sends);
  return sends;
}

function sendsFrom({ stack, repository: { tree } }: StackContext, server: PrometheusConfig, service: string): Sends {
  const from = stack.services.find((one) => one.name === server.service);
  if (from === undefined || server.file === undefined) return 'open';
  const managers = listAt(server.value, 'alerting', 'alertmanagers');
  const discovered = managers.some((one) => Object.keys(mappingAt(one)).some((key) => key.endsWith('_sd_configs')));
  const reaches = server.alertmanagers.map(({ value }) => reachOf(tree, stack, from, splitAddress(value, 'http').host));
  const dialled = reaches.flatMap((reach) => (reach.kind === 'service' || reach.kind === 'apart' ? [reach] : []));
  if (dialled.some((reach) => reach.service.name === service)) return 'yes';
  if (discovered || reaches.some(({ kind }) => kind === 'outside')) return 'open';
  // An address that leads nowhere is a defect of its own; meant is whoever is there.
  const lost = reaches.some(({ kind }) => kind === 'nobody' || kind === 'self');
  return lost && stack.alertmanager.length === 1 ? 'open' : 'no';
}

function reasonOf(
  context: StackContext,
  config: AlertmanagerConfig,
  sending: readonly PrometheusConfig[],
): string | undefined {
  const { stack, repository } = context;
  if (sending.length === 0) return 'no Prometheus of the stack sends to it';
  const unread = sending.find(
    ({ file, ruleFiles }) =>
      file === undefined ||
      ruleFiles.some(({ paths }) => paths.length === 0) ||
      ruleFiles.some(({ paths }) => repository.faults.some((fault) => paths.includes(fault.at.file))),
  );
  if (sending.every(({ ruleGroups }) => ruleGroups.length === 0))
    return 'no rule of the repository sends an alert to it';
  if (unread !== undefined) return `not every rule file of "${unread.service}" can be read`;
  const relabelled = sending.find((server) =>
    listAt(server.value, 'alerting', 'alertmanagers').some(
      (one) => valueAt(one, 'alert_relabel_configs') !== undefined,
    ),
  );
  if (relabelled !== undefined) return `"${relabelled.service}" rewrites labels for it alone`;
  const grafana = stack.grafana.find(sendsGrafanaAlerts);
  if (grafana !== undefined) return `"${grafana.service}" may send alerts of its own`;
  const loki = stack.loki.find(({ value }) => textValue(value, 'ruler', 'alertmanager_url') !== undefined);
  if (loki !== undefined) return `the ruler of "${loki.service}" may send alerts too`;
  const other = stack.services.find((service) => mayFeed(stack, service, config.service));
  if (other !== undefined) return `"${other.name}" may send alerts too`;
  const files = new Set(sending.map(({ file }) => file));
  const neighbour = repository.stacks.find((one) => one !== stack && sendsOutside(one, context, config.service, files));
  return neighbour === undefined ? undefined : `a Prometheus of "${neighbour.composeFile}" may send alerts too`;
}

/** A contact point of the type, or a datasource that Grafana hands its own alerts to. */
function sendsGrafanaAlerts({ provisioned = [] }: Stack['grafana'][number]): boolean {
  return provisioned.some(({ value }) => {
    const text = JSON.stringify(value ?? null);
    return /"type":"prometheus-alertmanager"|"handleGrafanaManagedAlerts":(?:true|"true")/.test(text);
  });
}

/** A program nobody described that is given the Alertmanager's name, as rulers and relays are. */
function mayFeed(stack: Stack, service: Service, name: string): boolean {
  if (service.product !== undefined || service.name === name) return false;
  const { command, environment, entrypoint } = service.definition;
  const target = stack.services.find((one) => one.name === name)?.containerName?.value ?? name;
  const given = JSON.stringify([command ?? null, environment ?? null, entrypoint ?? null]);
  return given.includes(`${name}:`) || given.includes(`${target}:`);
}

/** Whether another stack's Prometheus sends to a host of that name which its own stack does not have. */
function sendsOutside(
  other: Stack,
  { repository }: StackContext,
  service: string,
  known: ReadonlySet<string | undefined>,
): boolean {
  return other.prometheus.some((server) => {
    // The same configuration started by another file sends the same alerts.
    if (known.has(server.file)) return false;
    const from = other.services.find((one) => one.name === server.service);
    return server.alertmanagers.some(({ value }) => {
      const { host } = splitAddress(value, 'http');
      if (from === undefined) return false;
      const { kind } = reachOf(repository.tree, other, from, host);
      return host === service && (kind === 'outside' || kind === 'nobody');
    });
  });
}
